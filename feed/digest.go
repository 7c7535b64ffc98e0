package feed

import (
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// digest is what a transaction touched.
type digest struct {
	seen  diplomacy.TxNumber // the state in which it was made
	ids   []diplomacy.ID     // of the records and of their ends; ascending, each once
	kinds [256]bool          // of the records
}

func (d *digest) touches(id diplomacy.ID) bool {
	_, found := slices.BinarySearch(d.ids, id)
	return found
}

func (d *digest) changed(kind diplomacy.Kind) bool { return d.kinds[kind] }

// read makes the digest of a transaction, from a state that knows of it.
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
		d.ids = d.ids[1:] // of ends that are not there
	}
	return d, nil
}

// add looks at two versions of each record, since the ends of both are touched:
// that which the transaction wrote or closed, and the one before it.
func (d *digest) add(ctx context.Context, reader store.Reader, number diplomacy.TxNumber, changes []diplomacy.Change) error {
	var linking []diplomacy.ID
	for _, change := range changes {
		d.ids = append(d.ids, change.Record)
		d.kinds[change.Record.Kind()] = true
		if !change.Record.Kind().IsEntity() {
			linking = append(linking, change.Record)
		}
	}
	if len(linking) == 0 {
		return nil
	}
	versions, err := reader.Versions(ctx, linking, number+1, 2)
	for _, two := range versions {
		for _, record := range two {
			d.ids = appendEnds(d.ids, record)
		}
	}
	return err
}

// appendEnds appends what a record links, as store.Direction has it; ends that it
// has not are zero.
func appendEnds(ids []diplomacy.ID, record diplomacy.Record) []diplomacy.ID {
	switch r := record.(type) {
	case *diplomacy.Statement:
		ids = append(ids, r.Subject, r.Object, r.OnBehalfOf, r.InCapacityOf)
	case *diplomacy.Evidence:
		ids = append(ids, r.About, r.Source, r.AttributedTo)
	case *diplomacy.Judgement:
		ids = append(ids, r.A, r.B)
	}
	return ids
}
