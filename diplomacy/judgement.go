package diplomacy

import "time"

// Judgement says of two entities of one type whether they are the same. It is
// an overlay: nothing of either is rewritten.
type Judgement struct {
	Head
	// A and B are the entities, the smaller ID first.
	A       ID       `cbor:"1,keyasint"`
	B       ID       `cbor:"2,keyasint"`
	Verdict Term     `cbor:"3,keyasint"`
	Reasons []string `cbor:"4,keyasint,omitempty"`
}

// Kind of a judgement.
func (*Judgement) Kind() Kind { return KindJudgement }

// Transaction is one atomic write.
type Transaction struct {
	Number TxNumber `cbor:"-"`
	// Time is in UTC, to the microsecond, and later than that of the
	// transaction before.
	Time    time.Time `cbor:"1,keyasint"`
	Author  string    `cbor:"2,keyasint,omitempty"`
	Message string    `cbor:"3,keyasint,omitempty"`
	// Changes counts the records it touched.
	Changes int `cbor:"4,keyasint"`
	// Unsourced says that whoever made it meant to record statements for which
	// there is no evidence.
	Unsourced bool `cbor:"5,keyasint,omitempty"`
	// Reverts is the transaction that it undoes; zero for none.
	Reverts TxNumber `cbor:"6,keyasint,omitempty"`
}

// Change is what a transaction did to one record.
type Change struct {
	Record ID
	Action Term
}

// Actions are what can be done to a record.
var Actions = Terms{"CREATED", "CHANGED", "CLOSED"}
