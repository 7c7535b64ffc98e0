package diplomacy

import "time"

// Judgement says whether two entities of one type are the same. It is an overlay:
// neither entity is rewritten.
type Judgement struct {
	Head
	// A and B are the entities, the smaller ID first.
	A       ID       `json:"-" cbor:"1,keyasint"`
	B       ID       `json:"-" cbor:"2,keyasint"`
	Verdict Term     `json:"verdict,omitempty" cbor:"3,keyasint"`
	Reasons []string `json:"reasons,omitempty" cbor:"4,keyasint,omitempty"`
}

// Kind returns KindJudgement.
func (*Judgement) Kind() Kind { return KindJudgement }

// Transaction is one atomic write.
type Transaction struct {
	Number TxNumber `cbor:"-"`
	// Time is in UTC, to the microsecond, and later than the previous
	// transaction's.
	Time    time.Time `cbor:"1,keyasint"`
	Author  string    `cbor:"2,keyasint,omitempty"`
	Message string    `cbor:"3,keyasint,omitempty"`
	// Changes counts the records it touched.
	Changes int `cbor:"4,keyasint"`
	// Unsourced marks a transaction that left statements without evidence on
	// purpose.
	Unsourced bool `cbor:"5,keyasint,omitempty"`
	// Reverts is the number of the transaction that this one undoes, or zero.
	Reverts TxNumber `cbor:"6,keyasint,omitempty"`
	// Restricts marks a transaction that restricted withdrawn records.
	Restricts bool `cbor:"7,keyasint,omitempty"`
}

// Change is what a transaction did to one record.
type Change struct {
	Record ID
	Action Term
}

// Actions lists what a transaction can do to a record.
var Actions = Terms{"CREATED", "CHANGED", "CLOSED"}
