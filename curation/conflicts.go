package curation

import (
	"fmt"

	"chancery/diplomacy"
	"chancery/store"
)

// explain reports why records could not be put: which of their keys other entities
// have, also for records that have other problems and were not even tried.
func (r *run) explain(changes []*pendingChange) error {
	var keys []entityKey
	for _, c := range changes {
		if e, ok := c.record.(diplomacy.Entity); ok {
			for i, key := range keysOf(e) {
				keys = append(keys, entityKey{key, c, pathOf(keyField(i))})
			}
		}
	}
	if err := r.findHolders(keys); err != nil {
		return err
	}
	for _, c := range changes {
		if c.failed {
			continue
		}
		for _, p := range c.refusal { // which the rules of this package do not explain
			c.fault(Invalid, c.spell(p.Field), "%s", p.Reason)
		}
	}
	return nil
}

// entityKey is a key of an entity that could not be put, and the field that gives it.
type entityKey struct {
	store.Key
	of    *pendingChange
	field []string
}

// findHolders reports the keys that other entities have.
func (r *run) findHolders(keys []entityKey) error {
	if len(keys) == 0 {
		return nil
	}
	plain := make([]store.Key, len(keys))
	for i, key := range keys {
		plain[i] = key.Key
	}
	holders, err := r.w.Find(r.ctx, plain)
	if err != nil {
		return err
	}
	records, err := r.w.Records(r.ctx, holders)
	if err != nil {
		return err
	}
	for i, key := range keys {
		if records[i] != nil && holders[i] != key.of.id && !key.of.reported(key.field) {
			key.of.fault(Taken, key.field, "%s already belongs to %s (%s); change that one, or give another",
				diplomacy.Shorten(key.Value), nameOfRecord(records[i]), holders[i])
		}
	}
	return nil
}

// keysOf returns the keys by which an entity can be found, its slug first.
func keysOf(e diplomacy.Entity) []store.Key {
	keys := []store.Key{slugKey(e)}
	for _, i := range e.Base().Identifiers {
		keys = append(keys, store.Key{Scheme: i.Scheme, Value: i.Value})
	}
	return keys
}

// keyField returns the field of the i-th of an entity's keys.
func keyField(i int) string {
	if i == 0 {
		return "slug"
	}
	return fmt.Sprintf("identifiers[%d]", i-1)
}
