package bolt

import (
	"bytes"
	"iter"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// class are the statements that say the same as one; nil if it is alone, hidden
// or not there.
func (l *lens) class(id diplomacy.ID) ([]diplomacy.ID, error) {
	if class, known := l.classes[id]; known {
		return class, nil
	}
	if hidden, err := l.hidden(id); hidden || err != nil {
		return nil, err
	}
	r, err := l.record(id)
	if r == nil || err != nil {
		return nil, err
	}
	s := r.(*diplomacy.Statement)
	if joined, err := l.joined(s); !joined || err != nil {
		return nil, err
	}
	err = l.classify(s)
	return l.classes[id], err
}

// named are the entities that a statement names.
func named(s *diplomacy.Statement) [4]*diplomacy.ID {
	return [...]*diplomacy.ID{&s.Subject, &s.Object, &s.OnBehalfOf, &s.InCapacityOf}
}

// joined reports whether a statement names an entity that is one with others.
func (l *lens) joined(s *diplomacy.Statement) (bool, error) {
	for _, id := range named(s) {
		if *id == 0 {
			continue
		}
		if group, err := l.group(*id); len(group) > 0 || err != nil {
			return true, err
		}
	}
	return false, nil
}

// says is the value of a statement about canonical entities.
func (l *lens) says(s *diplomacy.Statement) (v diplomacy.Statement, err error) {
	v = s.Value()
	for _, id := range named(&v) {
		if group, err := l.group(*id); err != nil {
			return v, err
		} else if len(group) > 0 {
			*id = group[0]
		}
	}
	if diplomacy.RuleOf(v.Predicate).Symmetric && v.Object < v.Subject {
		v.Subject, v.Object = v.Object, v.Subject
	}
	return v, nil
}

// classify parts all statements between the groups of a statement's ends, as far
// as they have its valid time, by what they say: so that each is looked at once,
// however many there are.
func (l *lens) classify(s *diplomacy.Statement) error {
	ids, err := l.between(s)
	if err != nil {
		return err
	}
	byValue := map[diplomacy.Statement][]diplomacy.ID{}
	for _, id := range ids {
		r, err := l.record(id)
		if err != nil {
			return err
		}
		o, ok := r.(*diplomacy.Statement)
		if !ok || o.Valid != s.Valid {
			continue
		}
		if hidden, err := l.hidesLink(id); err != nil {
			return err
		} else if hidden {
			continue
		}
		value, err := l.says(o)
		if err != nil {
			return err
		}
		byValue[value] = append(byValue[value], id)
	}
	for _, class := range byValue {
		for _, id := range class {
			l.classes[id] = class
		}
	}
	return nil
}

// between are the statements that lead as one does, from the group of its
// subject to that of its object, at its start. It steps from the smaller group
// and leaps through the links of each of its members to those of the other: the
// work is the smaller group and what is found, not the product of both.
func (l *lens) between(s *diplomacy.Statement) ([]diplomacy.ID, error) {
	from, err := l.asked(s.Subject)
	if err != nil {
		return nil, err
	}
	to, err := l.asked(s.Object)
	if err != nil {
		return nil, err
	}
	rule := diplomacy.RuleOf(s.Predicate)
	arc, turned := store.Arc{Kind: s.Predicate}, len(to) < len(from)
	if turned {
		from, to = to, from
		if !rule.Symmetric {
			arc.Direction = store.In
		}
	}
	dates := l.datesOf(s, turned)
	var ids []diplomacy.ID
	for _, member := range from {
		nodes, err := dates(member, to)
		if err != nil {
			return nil, err
		}
		for start, nodes := range nodes {
			for _, strand := range l.strands(nil, links, strand{prefix: arcKey(nil, member, arc), arc: arc}) {
				for s := range strand.among(be(nil, start), nodes) {
					ids = append(ids, number[diplomacy.ID](s.rest[16:]))
				}
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// among yields the entries at a start whose nodes are some, which ascend.
func (s *strand) among(start []byte, nodes []diplomacy.ID) iter.Seq[*strand] {
	return func(yield func(*strand) bool) {
		s.seek(be(bytes.Clone(start), nodes[0]), false)
		for bytes.HasPrefix(s.rest, start) && s.rest != nil {
			i, found := find(nodes, number[diplomacy.ID](s.rest[8:]))
			switch {
			case found:
				if !yield(s) {
					return
				}
				s.step(false)
			case i == len(nodes):
				return
			default:
				s.seek(be(bytes.Clone(start), nodes[i]), false)
			}
		}
	}
}

func find(ids []diplomacy.ID, id diplomacy.ID) (int, bool) { return slices.BinarySearch(ids, id) }

// datesOf tells by which starts to look for statements like one from a member of
// a group to those of another, turned when the first is that of its object: by
// the statement's own, or by those of the entity that dates it.
func (l *lens) datesOf(s *diplomacy.Statement, turned bool) func(diplomacy.ID, []diplomacy.ID) (map[uint64][]diplomacy.ID, error) {
	by := diplomacy.RuleOf(s.Predicate).DatedBy
	switch {
	case !s.Valid.IsZero() || by == diplomacy.ByValid:
		own := startKey(s.Valid.Span().StartMin)
		return func(_ diplomacy.ID, to []diplomacy.ID) (map[uint64][]diplomacy.ID, error) {
			return map[uint64][]diplomacy.ID{own: to}, nil
		}
	case (by == diplomacy.BySubject) != turned:
		return func(member diplomacy.ID, to []diplomacy.ID) (map[uint64][]diplomacy.ID, error) {
			start, err := l.start(member)
			return map[uint64][]diplomacy.ID{start: to}, err
		}
	}
	var dated map[uint64][]diplomacy.ID // is the same for all members
	return func(_ diplomacy.ID, to []diplomacy.ID) (_ map[uint64][]diplomacy.ID, err error) {
		if dated == nil {
			dated, err = l.byStart(to)
		}
		return dated, err
	}
}

func (l *lens) byStart(ids []diplomacy.ID) (map[uint64][]diplomacy.ID, error) {
	dated := map[uint64][]diplomacy.ID{}
	for _, id := range ids {
		start, err := l.start(id)
		if err != nil {
			return nil, err
		}
		dated[start] = append(dated[start], id)
	}
	return dated, nil
}

// start is how links dated by an entity sort.
func (l *lens) start(id diplomacy.ID) (uint64, error) {
	if start, known := l.starts[id]; known {
		return start, nil
	}
	r, err := l.record(id)
	if err != nil || r == nil {
		return 0, err
	}
	start := startKey(r.(diplomacy.Entity).Dated().Span().StartMin)
	l.starts[id] = start
	return start, nil
}
