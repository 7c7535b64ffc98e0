package overlay

import (
	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/layout"
	"chancery/store/bolt/internal/mvcc"

	"go.etcd.io/bbolt"
)

// Resolver hides and merges records for one call on a View, and caches what it finds out
// about merged records. A nil Resolver shows all records as they are stored.
type Resolver struct {
	*View
	// Owners are the merged entities, or the one entity, whose links are read, in
	// ascending order; for Shows.
	Owners []diplomacy.ID

	probes        []mvcc.Cursor                   // over an entity's verdicts
	groups        map[diplomacy.ID][]diplomacy.ID // of entities with verdicts; see group
	duplicateSets map[diplomacy.ID][]diplomacy.ID // of statements; see duplicates
	starts        map[diplomacy.ID]uint64         // of entities by which statements are dated
	kinds         map[diplomacy.Kind]bool         // of merged entities; nil until needed
}

// Resolver returns nil if the view shows all records as they are stored.
func (r *View) Resolver() *Resolver {
	if !r.Merges && !r.Hides {
		return nil
	}
	return NewResolver(r)
}

// NewResolver returns a Resolver, which hides restricted records and merges entities for
// one call on a view.
func NewResolver(r *View) *Resolver {
	return &Resolver{
		View:   r,
		groups: map[diplomacy.ID][]diplomacy.ID{}, duplicateSets: map[diplomacy.ID][]diplomacy.ID{},
		starts: map[diplomacy.ID]uint64{},
	}
}

// mergesAny reports whether the view shows any judgement by which entities are the same.
func (r *View) mergesAny() (bool, error) {
	buckets := []*bbolt.Bucket{r.Current(layout.Identity)}
	if r.Past {
		buckets = append(buckets, r.Closed(layout.Identity))
	}
	for _, b := range buckets {
		for _, err := range r.judgedSame(b) {
			return err == nil, err
		}
	}
	return false, nil
}

// HidesAny reports whether any record is or was restricted.
func (r *View) HidesAny() bool {
	for _, half := range []*bbolt.Bucket{r.Current(layout.Restricted), r.Closed(layout.Restricted)} {
		if begins(half, layout.RestrictedRecord) || begins(half, layout.WithheldRecord) {
			return true
		}
	}
	return false
}

// begins reports whether a bucket has a key with a first byte.
func begins(b *bbolt.Bucket, first byte) bool {
	k, _ := b.Cursor().Seek([]byte{first})
	return len(k) > 0 && k[0] == first
}

// Resolve returns the canonical record of an ID; zero if it is hidden.
func (l *Resolver) Resolve(id diplomacy.ID) (diplomacy.ID, error) {
	if l == nil {
		return id, nil
	}
	if hidden, err := l.Hidden(id); hidden || err != nil {
		return 0, err
	}
	return l.Canonical(id)
}

// CountMissing counts the work of Canonical for an ID without a record. A client that asks
// for a hidden record must not tell it from a missing one by the cost.
func (l *Resolver) CountMissing(id diplomacy.ID) {
	switch {
	case !l.Merges:
	case id.Kind().IsEntity():
		l.Meter.Work(mvcc.ResolveWork)
	case id.Kind().IsStatement():
		l.Meter.Work(mvcc.RecordWork)
	}
}

// Canonical returns the smallest ID of the records with which one is merged.
func (l *Resolver) Canonical(id diplomacy.ID) (diplomacy.ID, error) {
	if !l.Merges {
		return id, nil
	}
	all, err := l.Merged(id)
	if len(all) == 0 || err != nil {
		return id, err
	}
	return all[0], nil
}

// Merged returns the records that are merged with one and that one, in ascending order;
// nil if there is no other, or it is hidden.
func (l *Resolver) Merged(id diplomacy.ID) ([]diplomacy.ID, error) {
	switch {
	case id.Kind().IsEntity():
		return l.group(id)
	case id.Kind().IsStatement():
		return l.duplicates(id)
	}
	return nil, nil
}

// group is Merged for entities.
func (l *Resolver) group(id diplomacy.ID) ([]diplomacy.ID, error) {
	if group, known := l.groups[id]; known {
		return group, nil
	}
	if has, err := l.hasVerdict(id); !has || err != nil {
		return nil, err
	}
	same, err := l.Same(id, 0)
	if err != nil {
		return nil, err
	}
	group := same.IDs()
	if len(group) == 1 {
		group = nil
	}
	l.groups[id] = group
	for _, member := range group {
		l.groups[member] = group
	}
	return group, nil
}

// hasVerdict reports whether the view shows a judgement that an entity is the same as
// another.
func (l *Resolver) hasVerdict(id diplomacy.ID) (bool, error) {
	if l.probes == nil {
		l.probes = l.Cursors(nil, layout.Identity, layout.IdentityKey(layout.VerdictSame, 0), store.Arc{})
	}
	l.Meter.Work(mvcc.ResolveWork)
	for i := range l.probes {
		s := &l.probes[i]
		s.SetID(1, id)
		for s.Seek(nil, false); s.Rest != nil; s.Step(false) {
			if hidden, err := l.verdictHidden(id, layout.ID(s.Rest[8:])); !hidden || err != nil {
				return err == nil, err
			}
		}
	}
	return false, nil
}

// Members returns the records whose links are those of one: Merged, or only itself. Instead
// of one that is hidden it returns zero, which costs as much as a missing one.
func (l *Resolver) Members(id diplomacy.ID) ([]diplomacy.ID, error) {
	if hidden, err := l.Hidden(id); hidden || err != nil {
		l.CountMissing(id)
		return []diplomacy.ID{0}, err
	}
	if l.Merges {
		if all, err := l.Merged(id); len(all) > 0 || err != nil {
			return all, err
		}
	}
	return []diplomacy.ID{id}, nil
}
