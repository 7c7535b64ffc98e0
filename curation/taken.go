package curation

import (
	"fmt"

	"chancery/diplomacy"
	"chancery/store"
)

// taken says of entities that could not be put whose keys are those of others. It
// looks at all that are refused, since one that has other problems was not even
// tried.
func (r *run) taken(steps []*step) error {
	var keys []store.Key
	var of []*step
	var fields []string
	for _, s := range steps {
		e, ok := s.record.(diplomacy.Entity)
		if !ok {
			continue
		}
		for i, key := range keysOf(e) {
			keys, of, fields = append(keys, key), append(of, s), append(fields, keyField(i))
		}
	}
	holders, err := r.w.Find(r.ctx, keys)
	if err != nil {
		return err
	}
	records, err := r.w.Records(r.ctx, holders)
	if err != nil {
		return err
	}
	for i, s := range of {
		if field := pathOf(fields[i]); records[i] != nil && holders[i] != s.id && !s.told(field) {
			s.fault(Taken, field, "%s is that of %s (%s); change that one, or give another", diplomacy.Shorten(keys[i].Value), nameOfRecord(records[i]), holders[i])
		}
	}
	return r.unexplained(steps)
}

// keysOf are the keys by which others may find an entity, its slug first.
func keysOf(e diplomacy.Entity) []store.Key {
	keys := []store.Key{slugKey(e)}
	for _, i := range e.Base().Identifiers {
		keys = append(keys, store.Key{Scheme: i.Scheme, Value: i.Value})
	}
	return keys
}

// keyField is the field of the i-th of an entity's keys.
func keyField(i int) string {
	if i == 0 {
		return "slug"
	}
	return fmt.Sprintf("identifiers[%d]", i-1)
}

// unexplained lets the store itself say why it refuses what we find nothing wrong
// with.
func (r *run) unexplained(steps []*step) error {
	for _, s := range steps {
		if s.failed {
			continue
		}
		refused, err := r.refusal(s)
		if err != nil {
			return err
		}
		for _, p := range refused {
			s.fault(Invalid, s.spell(p.Field), "%s", p.Reason)
		}
	}
	return nil
}
