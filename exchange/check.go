package exchange

import (
	"errors"

	"chancery/diplomacy"
	"chancery/store"
)

// lookUp finds in the store what the lines name: the records of their own keys and
// ids, and those that they refer to.
func (r *run) lookUp() error {
	r.known = map[reference]diplomacy.ID{}
	var named []reference
	for _, l := range r.lines {
		named = append(named, keys(l.record)...)
		named = append(named, l.refs...)
		named = append(named, reference{id: l.record.Header().ID})
	}
	if err := r.lookUpKeys(named); err != nil {
		return err
	}
	return r.lookUpIDs(named)
}

func (r *run) lookUpKeys(named []reference) error {
	var refs []reference
	var keys []store.Key
	for _, ref := range named {
		if ref.key != (store.Key{}) {
			refs, keys = append(refs, ref), append(keys, ref.key)
		}
	}
	found, err := r.w.Find(r.ctx, keys)
	for i, id := range found {
		r.known[refs[i]] = id
	}
	return err
}

func (r *run) lookUpIDs(named []reference) error {
	var ids []diplomacy.ID
	for _, ref := range named {
		if ref.id != 0 {
			ids = append(ids, ref.id)
		}
	}
	found, err := r.w.Records(r.ctx, ids)
	for i, record := range found {
		if record != nil {
			r.known[reference{id: ids[i]}] = ids[i]
		}
	}
	return err
}

// identify finds the record in the store of which each line is the next version.
func (r *run) identify() {
	taken := map[diplomacy.ID]*line{}
	for _, l := range r.lines {
		id := r.same(l)
		if id == 0 {
			continue
		}
		if first := taken[id]; first != nil {
			r.refused.add(l, "", "is the same record (%s) as %s:%d", id, first.file, first.number)
			continue
		}
		taken[id], r.ids[l.index] = l, id
	}
	for _, l := range r.lines {
		r.holders(l, taken)
	}
}

// same returns the record with the id that a line gives, or the entity with its slug
// or one of its identifiers; zero if there is none.
func (r *run) same(l *line) diplomacy.ID {
	if given := l.record.Header().ID; given != 0 {
		if r.known[reference{id: given}] == 0 || given.Kind() != l.record.Kind() {
			r.refused.add(l, "id", "%s is not the id of a %s in the store; leave it out to create a new record", given, l.record.Kind())
		}
		return given
	}
	for _, key := range keys(l.record) {
		if id := r.known[key]; id.Kind() == l.record.Kind() {
			return id
		}
	}
	return 0
}

// holders rejects keys that belong to another entity. An entity that the same import
// rewrites may lose its keys; then the store decides.
func (r *run) holders(l *line, rewritten map[diplomacy.ID]*line) {
	for i, key := range keys(l.record) {
		holder := r.known[key]
		if holder != 0 && holder != r.ids[l.index] && rewritten[holder] == nil {
			r.refused.add(l, keyField(i), "%s already belongs to %s", diplomacy.Shorten(key.String()), holder)
		}
	}
}

// check validates every line, and that the records it refers to exist.
func (r *run) check() {
	for _, l := range r.lines {
		if !r.refer(l) {
			continue
		}
		if problems, ok := errors.AsType[diplomacy.Problems](r.draft(l).Validate()); ok {
			r.refused.addAll(l, problems)
		}
	}
}

// refer reports whether everything that a line refers to exists.
func (r *run) refer(l *line) bool {
	all := true
	for i, field := range spelled(l.record.Kind()) {
		if ref := l.refs[i]; ref != (reference{}) && r.id(ref) == 0 {
			r.refused.add(l, field.Name, "%s is neither in the files nor in the store", diplomacy.Shorten(ref.String()))
			all = false
		}
	}
	return all
}
