package exchange

import (
	"errors"

	"chancery/diplomacy"
	"chancery/store"
)

// lookUp finds in the store all that the lines name: their own keys and ids,
// and what they refer to.
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

// identify tells of which record in the store each line is the next version.
func (r *run) identify() {
	taken := map[diplomacy.ID]*line{}
	for _, l := range r.lines {
		id := r.same(l)
		if id == 0 {
			continue
		}
		if first := taken[id]; first != nil {
			r.tell.add(l, "", "is the same record (%s) as that at %s:%d", id, first.file, first.number)
			continue
		}
		taken[id], r.ids[l.index] = l, id
	}
	for _, l := range r.lines {
		r.holders(l, taken)
	}
}

// same finds the record that a line gives the id of or, if it is an entity's,
// that has its slug or one of its identifiers.
func (r *run) same(l *line) diplomacy.ID {
	if given := l.record.Header().ID; given != 0 {
		if r.known[reference{id: given}] == 0 || given.Kind() != l.record.Kind() {
			r.tell.add(l, "id", "%s is no %s of the store; leave it out to make a new one", given, l.record.Kind())
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

// holders refuses keys that another entity has and keeps. One that is rewritten
// by the same import may give its keys up; then the store has the last word.
func (r *run) holders(l *line, rewritten map[diplomacy.ID]*line) {
	for i, key := range keys(l.record) {
		holder := r.known[key]
		if holder != 0 && holder != r.ids[l.index] && rewritten[holder] == nil {
			r.tell.add(l, keyField(i), "%s belongs to %s already", diplomacy.Shorten(key.String()), holder)
		}
	}
}

// check holds every line against the model, and its references against what
// there is.
func (r *run) check() {
	for _, l := range r.lines {
		if !r.refer(l) {
			continue
		}
		if problems, ok := errors.AsType[diplomacy.Problems](r.draft(l).Validate()); ok {
			r.tell.addAll(l, problems)
		}
	}
}

// refer reports whether all that a line refers to exists.
func (r *run) refer(l *line) bool {
	all := true
	for i, s := range slots(l.record) {
		if ref := l.refs[i]; ref != (reference{}) && r.id(ref) == 0 {
			r.tell.add(l, s.field, "%s is neither in the files nor in the store", diplomacy.Shorten(ref.String()))
			all = false
		}
	}
	return all
}
