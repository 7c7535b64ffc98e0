package model

import (
	"errors"
	"fmt"
	"slices"

	"chancery/diplomacy"
)

// refuse says all that keeps a record out of the draft.
func (d *Draft) refuse(r diplomacy.Record) diplomacy.Problems {
	var problems diplomacy.Problems
	errors.As(r.Validate(), &problems)
	problems = append(problems, d.fixed(r)...)
	problems = append(problems, d.dangling(r)...)
	if e, ok := r.(diplomacy.Entity); ok {
		problems = append(problems, d.taken(e)...)
	}
	if j, ok := r.(*diplomacy.Judgement); ok && len(problems) == 0 {
		problems = d.contradicted(j)
	}
	return problems
}

// contradicted refuses a judgement by which two records judged different
// would be the same. It names all that say so of the group.
func (d *Draft) contradicted(j *diplomacy.Judgement) diplomacy.Problems {
	all := slices.DeleteFunc(judgementsIn(d.now().records), func(o *diplomacy.Judgement) bool { return o.ID == j.ID })
	first, contradicted, names := joined(append(all, j)), false, []diplomacy.ID{}
	for _, o := range append(all, j) {
		if first[o.A] != 0 && first[o.A] == first[o.B] && o.Verdict != "UNSURE" {
			contradicted = contradicted || o.Verdict == "DIFFERENT"
			names = append(names, o.ID)
		}
	}
	if !contradicted {
		return nil
	}
	return diplomacy.Problems{{Field: "verdict", Reason: fmt.Sprint("contradicts some of ", names)}}
}

// fixed refuses an unknown ID and a change of what cannot change.
func (d *Draft) fixed(r diplomacy.Record) diplomacy.Problems {
	id := r.Header().ID
	if id == 0 {
		return nil
	}
	current := d.now().records[id]
	if current == nil || current.Kind() != r.Kind() {
		return diplomacy.Problems{{Field: "id", Reason: "names no current record of this kind"}}
	}
	var problems diplomacy.Problems
	for ref := range diplomacy.References(r) {
		if ref.Fixed && *ref.ID != *ref.In(current) {
			problems = append(problems, diplomacy.Problem{Field: ref.Name, Reason: "cannot change"})
		}
	}
	return problems
}

// dangling refuses references to what is not there.
func (d *Draft) dangling(r diplomacy.Record) diplomacy.Problems {
	var problems diplomacy.Problems
	for ref := range diplomacy.References(r) {
		if broken(ref, d.now().records) {
			problems = append(problems, diplomacy.Problem{Field: ref.Name, Reason: "does not exist"})
		}
	}
	return problems
}

// taken refuses keys that other entities have.
func (d *Draft) taken(e diplomacy.Entity) diplomacy.Problems {
	var problems diplomacy.Problems
	for id, r := range d.now().records {
		other, ok := r.(diplomacy.Entity)
		if !ok || id == e.Header().ID {
			continue
		}
		if other.Kind() == e.Kind() && other.Base().Slug == e.Base().Slug {
			problems = append(problems, diplomacy.Problem{Field: "slug", Reason: "is taken"})
		}
		for i, identifier := range e.Base().Identifiers {
			for _, theirs := range other.Base().Identifiers {
				if identifier == theirs {
					problems = append(problems, diplomacy.Problem{Field: fmt.Sprintf("identifiers[%d]", i), Reason: "is taken"})
				}
			}
		}
	}
	return problems
}

// broken reports whether the record that a reference names does not exist.
func broken(ref diplomacy.Reference, records map[diplomacy.ID]diplomacy.Record) bool {
	return *ref.ID != 0 && records[*ref.ID] == nil
}
