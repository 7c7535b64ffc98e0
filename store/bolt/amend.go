package bolt

import (
	"bytes"

	"chancery/diplomacy"
)

// set makes a key hold a payload from this transaction on. What it held before
// is closed. If it held the same before the transaction, that goes on.
func (w *writer) set(e entry) error {
	value := w.value(e.table, e.key)
	switch {
	case value == nil:
		w.count(e.table, e.key, 1)
	case bytes.Equal(value[8:], e.payload):
		return nil
	default:
		if err := w.shut(e.table, e.key, value); err != nil {
			return err
		}
	}
	w.veiled = w.veiled || e.table == restricted
	since, err := w.reopen(e)
	if err != nil {
		return err
	}
	w.pending.put(e.table, e.key, stamped(since, e.payload))
	return nil
}

// unset makes a key hold nothing from this transaction on.
func (w *writer) unset(t table, key []byte) error {
	value := w.value(t, key)
	if value == nil {
		return corrupt("table %s lacks the entry %x that its record calls for; run check", t, key)
	}
	w.veiled = w.veiled || t == restricted
	w.count(t, key, -1)
	if err := w.shut(t, key, value); err != nil {
		return err
	}
	w.pending.put(t, key, nil)
	return nil
}

// shut moves what a key held to the closed entries, unless it was this
// transaction that wrote it.
func (w *writer) shut(t table, key, value []byte) error {
	since := number[diplomacy.TxNumber](value)
	if since == w.known {
		return nil
	}
	w.moved[tableKey{t, string(key)}] = since
	return w.put(t+tableCount, stampedKey(key, since), stamped(w.known, value[8:]))
}

// reopen takes back the closed entry of this transaction that held the same,
// and tells since when it does; else it is since this transaction.
func (w *writer) reopen(e entry) (diplomacy.TxNumber, error) {
	since, found := w.moved[tableKey{e.table, string(e.key)}]
	if !found {
		return w.known, nil
	}
	key := stampedKey(e.key, since)
	if value := w.closed(e.table).Get(key); !bytes.Equal(value[8:], e.payload) {
		return w.known, nil
	}
	delete(w.moved, tableKey{e.table, string(e.key)})
	return since, w.delete(e.table+tableCount, key)
}

// replace turns the entries of one version into those of another.
func (w *writer) replace(before, after []entry) error {
	for _, b := range before {
		if !contains(after, b) {
			if err := w.unset(b.table, b.key); err != nil {
				return err
			}
		}
	}
	for _, a := range after {
		if err := w.set(a); err != nil {
			return err
		}
	}
	return nil
}

// contains compares keys alone.
func contains(entries []entry, e entry) bool {
	for _, o := range entries {
		if o.table == e.table && bytes.Equal(o.key, e.key) {
			return true
		}
	}
	return false
}

// stamped begins a value with a transaction; stampedKey ends a key with one.
func stamped(n diplomacy.TxNumber, payload []byte) []byte {
	return append(be(make([]byte, 0, 8+len(payload)), n), payload...)
}

func stampedKey(key []byte, n diplomacy.TxNumber) []byte {
	return be(append(make([]byte, 0, len(key)+8), key...), n)
}
