package overlay

import (
	"fmt"
	"runtime/debug"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/corrupt"
	"chancery/store/bolt/internal/mvcc"
)

// View reads the graph as one transaction left it, the way that a store.View says.
type View struct {
	mvcc.Reader
	Last   diplomacy.TxNumber // the last of the file, which decides what is hidden
	Merges bool               // entities judged the same are merged, and there are some
	Hides  bool               // restricted records are left out, and there are some
}

// Open returns a View of a state of the file.
func Open(tx *mvcc.Tx, of store.View) (v View, err error) {
	defer corrupt.Recover(&err, debug.SetPanicOnFault(true))
	last, err := tx.State()
	known := of.Known
	switch {
	case err != nil:
		return v, err
	case known > last.Last:
		return v, fmt.Errorf("as of transaction %d, of %d so far: %w", known, last.Last, store.ErrNotFound)
	case known == 0:
		known = last.Last
	}
	v = View{Reader: mvcc.Reader{Tx: tx, Known: known, Past: known < last.Last}, Last: last.Last}
	v.Hides = !of.Restricted && v.HidesAny()
	if !of.Apart {
		v.Merges, err = v.mergesAny()
	}
	return v, err
}
