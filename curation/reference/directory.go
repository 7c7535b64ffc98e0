package reference

import (
	"context"
	"fmt"

	"chancery/diplomacy"
	"chancery/store"
)

// Directory holds the current records that references name.
type Directory struct {
	reader  store.Reader
	records map[Ref]diplomacy.Record
	closed  map[diplomacy.ID]diplomacy.TxNumber // ids without a record, and who closed it; zero for nobody
}

// NewDirectory returns a directory of the records of a reader.
func NewDirectory(r store.Reader) *Directory {
	return &Directory{r, map[Ref]diplomacy.Record{}, map[diplomacy.ID]diplomacy.TxNumber{}}
}

// Record returns the record that a reference names, which was looked up; nil if there is
// none.
func (d *Directory) Record(ref Ref) diplomacy.Record { return d.records[ref] }

// IsClosed reports whether there was a record with an id, which was looked up, that a
// transaction closed.
func (d *Directory) IsClosed(id diplomacy.ID) bool { return d.closed[id] != 0 }

// LookUp finds the records of those references that named nothing until now, all at
// once.
func (d *Directory) LookUp(ctx context.Context, refs ...Ref) error {
	var keys []store.Key
	var byKey, byID []Ref
	var ids []diplomacy.ID
	for _, ref := range refs {
		switch a, err := ref.Address(); {
		case err != nil || a.Label || d.records[ref] != nil:
		case a.ID != 0:
			ids, byID = append(ids, a.ID), append(byID, ref)
		default:
			keys, byKey = append(keys, a.Key), append(byKey, ref)
		}
	}
	if len(keys) > 0 {
		found, err := d.reader.Find(ctx, keys)
		if err != nil {
			return err
		}
		ids = append(ids, found...)
	}
	return d.read(ctx, append(byID, byKey...), ids)
}

// read reads the records with some ids, zero for none, and of those that are not there
// who closed them.
func (d *Directory) read(ctx context.Context, refs []Ref, ids []diplomacy.ID) error {
	if len(ids) == 0 {
		return nil
	}
	records, err := d.reader.Records(ctx, ids)
	if err != nil {
		return err
	}
	var absent []diplomacy.ID
	for i, ref := range refs {
		if records[i] != nil {
			d.records[ref] = records[i]
		} else if _, known := d.closed[ids[i]]; ids[i] != 0 && !known {
			absent = append(absent, ids[i])
		}
	}
	if len(absent) == 0 {
		return nil
	}
	versions, err := d.reader.Versions(ctx, absent, 0, 1)
	if err != nil {
		return err
	}
	for i, id := range absent {
		d.closed[id] = 0
		for _, last := range versions[i] {
			d.closed[id] = last.Header().Until
		}
	}
	return nil
}

// Missing explains why a reference that was looked up names nothing.
func (d *Directory) Missing(ref Ref) string {
	a, err := ref.Address()
	switch {
	case err != nil:
		return err.Error()
	case a.Label:
		return fmt.Sprintf("no change of this commit has the label %s", diplomacy.Shorten(string(ref)))
	case a.ID == 0:
		return fmt.Sprintf("there is no %s", diplomacy.Shorten(string(ref)))
	case d.closed[a.ID] != 0:
		return fmt.Sprintf("%s was closed by transaction %d", ref, d.closed[a.ID])
	}
	return fmt.Sprintf("there is no %s", ref)
}
