package feed

import (
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// digest summarizes which records a transaction touched.
type digest struct {
	seen  diplomacy.TxNumber // the state in which it was made
	ids   []diplomacy.ID     // of the records and of those they refer to; ascending, each once
	kinds [256]bool          // of the records
}

func (d *digest) touches(id diplomacy.ID) bool {
	_, found := slices.BinarySearch(d.ids, id)
	return found
}

func (d *digest) changed(kind diplomacy.Kind) bool { return d.kinds[kind] }

// read returns the digest of a transaction, read from a state that includes it.
func read(ctx context.Context, reader store.Reader, number diplomacy.TxNumber) (*digest, error) {
	d := &digest{}
	for seen := 0; ; {
		changes, err := reader.Changes(ctx, number, seen, store.MaxPage)
		if err != nil {
			return nil, err
		}
		if err := d.add(ctx, reader, number, changes); err != nil {
			return nil, err
		}
		if seen += len(changes); len(changes) < store.MaxPage {
			break
		}
	}
	slices.Sort(d.ids)
	d.ids = slices.Clip(slices.Compact(d.ids))
	if len(d.ids) > 0 && d.ids[0] == 0 {
		d.ids = d.ids[1:] // of references that are not given
	}
	return d, nil
}

// add adds changes to the digest. It reads two versions of each record that refers
// to others, the one that the transaction wrote or closed and the one before it,
// since the transaction touches what either refers to.
func (d *digest) add(ctx context.Context, reader store.Reader, number diplomacy.TxNumber, changes []diplomacy.Change) error {
	var referring []diplomacy.ID
	for _, change := range changes {
		kind := change.Record.Kind()
		d.ids = append(d.ids, change.Record)
		d.kinds[kind] = true
		if len(diplomacy.ReferenceFields(kind)) > 0 {
			referring = append(referring, change.Record)
		}
	}
	if len(referring) == 0 {
		return nil
	}
	versions, err := reader.Versions(ctx, referring, number+1, 2)
	for _, two := range versions {
		for _, record := range two {
			for ref := range diplomacy.References(record) {
				d.ids = append(d.ids, *ref.ID)
			}
		}
	}
	return err
}
