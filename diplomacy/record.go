package diplomacy

import "reflect"

// Record is anything with an ID and versions: an Entity, a *Statement, an
// *Evidence or a *Judgement. Records that a store hands out are shared between
// readers and must not be changed.
type Record interface {
	Header() *Head
	Kind() Kind
	// Validate returns everything that is wrong with the record by itself, as
	// Problems. The store checks what depends on other records: whether those it
	// refers to exist and whether its slug is free.
	Validate() error
}

// TxNumber numbers transactions from 1, without gaps. Zero is the empty graph before
// the first.
type TxNumber uint64

// Head holds the fields that every record has: its ID and its version.
type Head struct {
	// ID is assigned by the store when the record is first put.
	ID ID `json:"id,omitempty" cbor:"-"`
	// From is the transaction that wrote this version of the record, Until the
	// one that closed it; zero while the version is current. A version is known
	// at transaction n when From <= n and (Until == 0 or n < Until).
	From  TxNumber `json:"-" cbor:"-"`
	Until TxNumber `json:"-" cbor:"-"`
	// Revision counts the versions of the record, from 1.
	Revision uint32 `json:"-" cbor:"-"`
}

// Header returns the head of the record, to be read or set.
func (h *Head) Header() *Head { return h }

// KnownAt reports whether this version was the current one at a transaction.
func (h *Head) KnownAt(n TxNumber) bool {
	return h.From <= n && (h.Until == 0 || n < h.Until)
}

// CopyOf returns a shallow copy of a record, with an empty head.
func CopyOf(r Record) Record {
	c := reflect.New(reflect.TypeOf(r).Elem())
	c.Elem().Set(reflect.ValueOf(r).Elem())
	record := c.Interface().(Record)
	*record.Header() = Head{}
	return record
}
