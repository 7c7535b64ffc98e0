package overlay

import (
	"slices"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/layout"
	"chancery/store/bolt/internal/mvcc"
)

// duplicates is Merged for statements: those that say the same about the same entities,
// once these are merged.
func (l *Resolver) duplicates(id diplomacy.ID) ([]diplomacy.ID, error) {
	if set, known := l.duplicateSets[id]; known {
		return set, nil
	}
	if hidden, err := l.HiddenNow(id); hidden || err != nil {
		return nil, err
	}
	r, err := l.Record(id)
	if r == nil || err != nil {
		return nil, err
	}
	s := r.(*diplomacy.Statement)
	if merged, err := l.namesMerged(s); !merged || err != nil {
		return nil, err
	}
	err = l.groupByValue(s)
	return l.duplicateSets[id], err
}

// namesMerged reports whether a statement refers to a merged entity.
func (l *Resolver) namesMerged(s *diplomacy.Statement) (bool, error) {
	for ref := range diplomacy.References(s) {
		if *ref.ID == 0 {
			continue
		}
		if group, err := l.group(*ref.ID); len(group) > 0 || err != nil {
			return true, err
		}
	}
	return false, nil
}

// canonicalValue returns the value of a statement with each entity replaced by its
// canonical one.
func (l *Resolver) canonicalValue(s *diplomacy.Statement) (v diplomacy.Statement, err error) {
	v = s.Value()
	for ref := range diplomacy.References(&v) {
		if group, err := l.group(*ref.ID); err != nil {
			return v, err
		} else if len(group) > 0 {
			*ref.ID = group[0]
		}
	}
	if diplomacy.RuleOf(v.Predicate).Symmetric && v.Object < v.Subject {
		v.Subject, v.Object = v.Object, v.Subject
	}
	return v, nil
}

// groupByValue groups all statements with the same ends and valid time as one by their
// canonical value, so that each is read once, however many there are.
func (l *Resolver) groupByValue(s *diplomacy.Statement) error {
	ids, err := l.sameEnds(s)
	if err != nil {
		return err
	}
	byValue := map[diplomacy.Statement][]diplomacy.ID{}
	for _, id := range ids {
		if err := l.Meter.Err(); err != nil {
			return err
		}
		if hidden, err := l.LinkHidden(id); err != nil {
			return err
		} else if hidden {
			continue
		}
		r, err := l.Record(id)
		if err != nil {
			return err
		}
		o, ok := r.(*diplomacy.Statement)
		if !ok || o.Valid != s.Valid {
			continue
		}
		value, err := l.canonicalValue(o)
		if err != nil {
			return err
		}
		byValue[value] = append(byValue[value], id)
	}
	for _, set := range byValue {
		for _, id := range set {
			l.duplicateSets[id] = set
		}
	}
	return nil
}

// sameEnds returns the statements of the same predicate and start as one, from an entity
// merged with its subject to one merged with its object. It steps through the smaller of
// the two groups and leaps through the links of each member to those of the other, so
// the work grows with the smaller group and the result, not with their product.
func (l *Resolver) sameEnds(s *diplomacy.Statement) ([]diplomacy.ID, error) {
	from, err := l.Members(s.Subject)
	if err != nil {
		return nil, err
	}
	to, err := l.Members(s.Object)
	if err != nil {
		return nil, err
	}
	rule := diplomacy.RuleOf(s.Predicate)
	arc, reversed := store.Arc{Kind: s.Predicate}, len(to) < len(from)
	if reversed {
		from, to = to, from
		if !rule.Symmetric {
			arc.Direction = store.In
		}
	}
	starts := l.startsOf(s, reversed)
	var ids []diplomacy.ID
	for _, member := range from {
		if err := l.Meter.Err(); err != nil {
			return nil, err
		}
		byStart, err := starts(member, to)
		if err != nil {
			return nil, err
		}
		for start, nodes := range byStart {
			for _, cursor := range l.Cursors(nil, layout.Links, layout.ArcKey(nil, member, arc), arc) {
				l.Meter.Work(mvcc.SeekWork)
				for s := range cursor.Among(layout.AppendUint64(nil, start), nodes) {
					ids = append(ids, s.Via())
				}
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// startsOf returns a function that groups the nodes of a member by the starts at which
// statements like s may lead to them: the start of s itself, or that of the entity which
// dates it. The nodes are subjects if reversed.
func (l *Resolver) startsOf(s *diplomacy.Statement, reversed bool) func(diplomacy.ID, []diplomacy.ID) (map[uint64][]diplomacy.ID, error) {
	by := diplomacy.RuleOf(s.Predicate).DatedBy
	switch {
	case !s.Valid.IsZero() || by == diplomacy.ByValid:
		own := layout.StartKey(s.Valid.Span().StartMin)
		return func(_ diplomacy.ID, to []diplomacy.ID) (map[uint64][]diplomacy.ID, error) {
			return map[uint64][]diplomacy.ID{own: to}, nil
		}
	case (by == diplomacy.BySubject) != reversed:
		return func(member diplomacy.ID, to []diplomacy.ID) (map[uint64][]diplomacy.ID, error) {
			start, err := l.start(member)
			return map[uint64][]diplomacy.ID{start: to}, err
		}
	}
	var dated map[uint64][]diplomacy.ID // the same for all members
	return func(_ diplomacy.ID, to []diplomacy.ID) (_ map[uint64][]diplomacy.ID, err error) {
		if dated == nil {
			dated, err = l.byStart(to)
		}
		return dated, err
	}
}

// byStart groups entities by the start that dates statements.
func (l *Resolver) byStart(ids []diplomacy.ID) (map[uint64][]diplomacy.ID, error) {
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

// start returns the layout.StartKey of statements that an entity dates.
func (l *Resolver) start(id diplomacy.ID) (uint64, error) {
	if start, known := l.starts[id]; known {
		return start, nil
	}
	r, err := l.Record(id)
	if err != nil || r == nil {
		return 0, err
	}
	start := layout.StartKey(r.(diplomacy.Entity).Dated().Span().StartMin)
	l.starts[id] = start
	return start, nil
}
