package bolt

import (
	"context"
	"slices"

	"chancery/diplomacy"
)

func (l *lens) joinedIn(rule *diplomacy.Rule) bool {
	if l.kinds == nil {
		l.kinds = map[diplomacy.Kind]bool{}
		c := l.current(identity).Cursor()
		for k, _ := c.Seek([]byte{verdictSame}); len(k) > 0 && k[0] == verdictSame; k, _ = c.Next() {
			l.kinds[number[diplomacy.ID](k[1:]).Kind()] = true
		}
	}
	joined := func(kind diplomacy.Kind) bool { return l.kinds[kind] }
	return slices.ContainsFunc(rule.Subjects, joined) || slices.ContainsFunc(rule.Objects, joined) ||
		rule.Fields&diplomacy.FieldOnBehalfOf != 0 && slices.ContainsFunc(diplomacy.Actors, joined) ||
		rule.Fields&diplomacy.FieldInCapacityOf != 0 && joined(diplomacy.KindOffice)
}

func (l *lens) absorbed(kind diplomacy.Kind) (n int, err error) {
	var last diplomacy.ID
	c := l.current(identity).Cursor()
	for k, _ := c.Seek([]byte{verdictSame}); len(k) > 0 && k[0] == verdictSame; k, _ = c.Next() {
		id := number[diplomacy.ID](k[1:])
		if id == last || id.Kind() != kind {
			continue
		}
		last = id
		canonical, err := l.canonical(id)
		if err != nil {
			return 0, err
		}
		if canonical != id {
			n++
		}
	}
	return n, nil
}

func (r *reader) sames(ctx context.Context, ids []diplomacy.ID) ([][]diplomacy.Record, error) {
	joining := *r
	joining.joins = true
	l := newLens(&joining)
	found := make([][]diplomacy.Record, len(ids))
	for i, id := range ids {
		if err := interrupted(ctx, i); err != nil {
			return nil, err
		}
		all, err := l.asked(id)
		if err != nil {
			return nil, err
		}
		for _, id := range all {
			r, err := l.record(id)
			if err != nil {
				return nil, err
			}
			if r != nil {
				found[i] = append(found[i], r)
			}
		}
	}
	return found, nil
}
