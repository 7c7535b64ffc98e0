package diplomacy

import "reflect"

// Record is anything with an ID and versions: an Entity, a *Statement, an
// *Evidence or a *Judgement. Records that a store hands out are shared between
// readers: they are not to be changed.
type Record interface {
	Header() *Head
	Kind() Kind
	// Validate says all that is wrong with the record by itself, as Problems;
	// what needs other records (do its ends exist, is its slug free) is the
	// store's to say.
	Validate() error
}

// TxNumber counts transactions from 1, without gaps. Zero is before them all.
type TxNumber uint64

// Head is what every record begins with.
type Head struct {
	// ID is given by the store at the first Put.
	ID ID `json:"id,omitempty" cbor:"-"`
	// From is the transaction that wrote this version of the record, Until the
	// one that closed it; zero while the version is current. A version is known
	// at transaction n when From <= n and (Until == 0 or n < Until).
	From  TxNumber `json:"-" cbor:"-"`
	Until TxNumber `json:"-" cbor:"-"`
	// Revision counts the versions of the record, from 1.
	Revision uint32 `json:"-" cbor:"-"`
}

// Header gives access to the head of any record.
func (h *Head) Header() *Head { return h }

// KnownAt reports whether this version was the current one at a transaction.
func (h *Head) KnownAt(n TxNumber) bool {
	return h.From <= n && (h.Until == 0 || n < h.Until)
}

// CopyOf is a shallow copy of a record without its head.
func CopyOf(r Record) Record {
	c := reflect.New(reflect.TypeOf(r).Elem())
	c.Elem().Set(reflect.ValueOf(r).Elem())
	record := c.Interface().(Record)
	*record.Header() = Head{}
	return record
}
