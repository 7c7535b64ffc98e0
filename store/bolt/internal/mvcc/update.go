package mvcc

import (
	"bytes"

	"chancery/diplomacy"
	"chancery/store/bolt/internal/corrupt"
	"chancery/store/bolt/internal/layout"
)

// Update changes tables within one transaction.
type Update struct {
	*Tx
	number   diplomacy.TxNumber
	archived map[tableKey]diplomacy.TxNumber // entries moved to the closed ones, and who wrote them
	// RestrictionChanged is set when an entry of the table Restricted changes.
	RestrictionChanged bool
}

type tableKey struct {
	table layout.Table
	key   string
}

// NewUpdate returns an Update of the transaction with a number.
func NewUpdate(tx *Tx, number diplomacy.TxNumber) *Update {
	return &Update{Tx: tx, number: number, archived: map[tableKey]diplomacy.TxNumber{}}
}

// Set makes a key hold a payload from this transaction on, and closes the entry that it
// had. If it held the same payload before the transaction, that entry is kept.
func (u *Update) Set(e layout.Entry) error {
	value := u.Value(e.Table, e.Key)
	switch {
	case value == nil:
		u.count(e.Table, e.Key, e.Payload, 1)
	case bytes.Equal(value[8:], e.Payload):
		return nil
	default:
		u.count(e.Table, e.Key, value[8:], -1)
		u.count(e.Table, e.Key, e.Payload, 1)
		if err := u.archive(e.Table, e.Key, value); err != nil {
			return err
		}
	}
	u.RestrictionChanged = u.RestrictionChanged || e.Table == layout.Restricted
	since, err := u.unarchive(e)
	if err != nil {
		return err
	}
	u.measure(e)
	u.pending.set(e.Table, e.Key, layout.Value(since, e.Payload))
	return nil
}

// Unset closes the entry of a key, which must have one.
func (u *Update) Unset(t layout.Table, key []byte) error {
	value := u.Value(t, key)
	if value == nil {
		return corrupt.Errorf("table %s lacks the entry %x that its record calls for; run check", t, key)
	}
	u.RestrictionChanged = u.RestrictionChanged || t == layout.Restricted
	u.count(t, key, value[8:], -1)
	if err := u.archive(t, key, value); err != nil {
		return err
	}
	u.pending.set(t, key, nil)
	return nil
}

// archive moves the entry of a key to the closed ones, unless this transaction wrote it.
func (u *Update) archive(t layout.Table, key, value []byte) error {
	since := layout.TxNumber(value)
	if since == u.number {
		return nil
	}
	u.archived[tableKey{t, string(key)}] = since
	return u.Put(t.Closed(), layout.ClosedKey(key, since), layout.Value(u.number, value[8:]))
}

// unarchive takes an entry back that this transaction closed, if it is the same. It
// returns the transaction that wrote the entry, else this one.
func (u *Update) unarchive(e layout.Entry) (diplomacy.TxNumber, error) {
	since, found := u.archived[tableKey{e.Table, string(e.Key)}]
	if !found {
		return u.number, nil
	}
	key := layout.ClosedKey(e.Key, since)
	if value := u.Closed(e.Table).Get(key); !bytes.Equal(value[8:], e.Payload) {
		return u.number, nil
	}
	delete(u.archived, tableKey{e.Table, string(e.Key)})
	return since, u.delete(e.Table.Closed(), key)
}

// Replace turns the entries of one version of a record into those of another.
func (u *Update) Replace(before, after []layout.Entry) error {
	for _, b := range before {
		if !layout.ContainsKey(after, b) {
			if err := u.Unset(b.Table, b.Key); err != nil {
				return err
			}
		}
	}
	for _, a := range after {
		if err := u.Set(a); err != nil {
			return err
		}
	}
	return nil
}
