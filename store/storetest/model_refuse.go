package storetest

import (
	"errors"
	"fmt"
	"slices"

	"chancery/diplomacy"
)

// refuse says all that keeps a record out of the draft.
func (d *draft) refuse(r diplomacy.Record) diplomacy.Problems {
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

// contradicted refuses a judgement by which two that are held to be different
// would be the same. It names all that say so of the group.
func (d *draft) contradicted(j *diplomacy.Judgement) diplomacy.Problems {
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
func (d *draft) fixed(r diplomacy.Record) diplomacy.Problems {
	id := r.Header().ID
	if id == 0 {
		return nil
	}
	current := d.now().records[id]
	if current == nil || current.Kind() != r.Kind() {
		return diplomacy.Problems{{Field: "id", Reason: "is that of no such record"}}
	}
	var problems diplomacy.Problems
	ends := references(current)
	for i, ref := range references(r) {
		if ref.fixed && ref.to != ends[i].to {
			problems = append(problems, diplomacy.Problem{Field: ref.field, Reason: "cannot change"})
		}
	}
	return problems
}

// dangling refuses references to what is not there.
func (d *draft) dangling(r diplomacy.Record) diplomacy.Problems {
	var problems diplomacy.Problems
	for _, ref := range references(r) {
		if ref.broken(d.now().records) {
			problems = append(problems, diplomacy.Problem{Field: ref.field, Reason: "does not exist"})
		}
	}
	return problems
}

// taken refuses keys that other entities have.
func (d *draft) taken(e diplomacy.Entity) diplomacy.Problems {
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

// reference is a field of a record that holds an ID.
type reference struct {
	field string
	to    diplomacy.ID
	fixed bool // from the first version on
}

// broken reports whether what the reference is to is not there.
func (ref reference) broken(records map[diplomacy.ID]diplomacy.Record) bool {
	return ref.to != 0 && records[ref.to] == nil
}

// references are all fields of a record that can hold an ID.
func references(r diplomacy.Record) []reference {
	switch r := r.(type) {
	case *diplomacy.Statement:
		return []reference{
			{"subject", r.Subject, true}, {"object", r.Object, true},
			{"onBehalfOf", r.OnBehalfOf, false}, {"inCapacityOf", r.InCapacityOf, false},
		}
	case *diplomacy.Evidence:
		return []reference{{"about", r.About, true}, {"source", r.Source, false}, {"attributedTo", r.AttributedTo, false}}
	case *diplomacy.Judgement:
		return []reference{{"a", r.A, true}, {"b", r.B, true}}
	}
	return nil
}
