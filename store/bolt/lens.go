package bolt

import (
	"bytes"
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/store"

	"go.etcd.io/bbolt"
)

// lens shows records as a view has them, for one call: it keeps what was found
// out about groups. A nil one shows everything apart, as it was stored.
type lens struct {
	*reader
	probes  []strand                        // to see whether an entity has verdicts
	groups  map[diplomacy.ID][]diplomacy.ID // of entities that have; see group
	classes map[diplomacy.ID][]diplomacy.ID // of statements that have equals
	starts  map[diplomacy.ID]uint64         // of entities by which statements are dated
	kinds   map[diplomacy.Kind]bool         // of entities that have; nil until asked for
	of      []diplomacy.ID                  // whose links are looked at
}

// lens is nil when the view is of everything, or nothing is restricted or the
// same as anything.
func (r *reader) lens() *lens {
	if !r.joins && !r.hides {
		return nil
	}
	return newLens(r)
}

func newLens(r *reader) *lens {
	return &lens{
		reader: r,
		groups: map[diplomacy.ID][]diplomacy.ID{}, classes: map[diplomacy.ID][]diplomacy.ID{},
		starts: map[diplomacy.ID]uint64{},
	}
}

// joinsAny reports whether any entities are the same in this state.
func (r *reader) joinsAny() bool {
	return begins(r.current(identity), verdictSame) || r.past && begins(r.closed(identity), verdictSame)
}

// hidesAny reports whether anything is restricted, or was when it was retracted.
func (r *reader) hidesAny() bool {
	return begins(r.current(restricted), byRecord) || begins(r.closed(restricted), byRecord)
}

// begins reports whether there is a key with this first byte.
func begins(b *bbolt.Bucket, with byte) bool {
	k, _ := b.Cursor().Seek([]byte{with})
	return len(k) > 0 && k[0] == with
}

// answering is the id of the record that answers for one; zero when it is
// hidden.
func (l *lens) answering(id diplomacy.ID) (diplomacy.ID, error) {
	if l == nil {
		return id, nil
	}
	if hidden, err := l.hidden(id); hidden || err != nil {
		return 0, err
	}
	return l.canonical(id)
}

// canonical is the smallest id of those with which a record is one.
func (l *lens) canonical(id diplomacy.ID) (diplomacy.ID, error) {
	if !l.joins {
		return id, nil
	}
	all, err := l.all(id)
	if len(all) == 0 || err != nil {
		return id, err
	}
	return all[0], nil
}

// all are the records with which one is one, by ascending id; nil if it is
// alone, or hidden.
func (l *lens) all(id diplomacy.ID) ([]diplomacy.ID, error) {
	switch {
	case id.Kind().IsEntity():
		return l.group(id)
	case id.Kind().IsStatement():
		return l.class(id)
	}
	return nil, nil
}

// group are the entities that are the same as one; nil if it is alone.
func (l *lens) group(id diplomacy.ID) ([]diplomacy.ID, error) {
	if group, known := l.groups[id]; known {
		return group, nil
	}
	if !l.judged(id) {
		return nil, nil
	}
	group, err := l.reader.group(id)
	if err != nil {
		return nil, err
	}
	if len(group) == 1 {
		group = nil
	}
	l.groups[id] = group
	for _, member := range group {
		l.groups[member] = group
	}
	return group, nil
}

// judged reports whether an entity was said to be the same as another.
func (l *lens) judged(id diplomacy.ID) bool {
	if l.probes == nil {
		l.probes = l.strands(nil, identity, strand{prefix: identityKey(verdictSame, 0)})
	}
	for i := range l.probes {
		s := &l.probes[i]
		be(s.prefix[:1], id)
		if s.seek(nil, false); s.rest != nil {
			return true
		}
	}
	return false
}

// asked are the records whose links are asked for with one; none when it is
// hidden.
func (l *lens) asked(id diplomacy.ID) ([]diplomacy.ID, error) {
	if hidden, err := l.hidden(id); hidden || err != nil {
		return nil, err
	}
	if l.joins {
		if all, err := l.all(id); len(all) > 0 || err != nil {
			return all, err
		}
	}
	return []diplomacy.ID{id}, nil
}

// shows reports whether the link under a strand is shown: it is not hidden, and
// of statements that are one it is the canonical one.
func (l *lens) shows(s *strand) (bool, error) {
	via, owner, node := number[diplomacy.ID](s.rest[16:]), number[diplomacy.ID](s.prefix), number[diplomacy.ID](s.rest[8:])
	if hidden, err := l.hidesLink(via); hidden || err != nil {
		return false, err
	}
	if !l.joins {
		return true, nil
	}
	if len(l.of) > 1 && owner > node && s.mirrored() && l.ofGroup(node) {
		return false, nil // it is shown from its other end, which is of the group too
	}
	if !via.Kind().IsStatement() {
		return true, nil
	}
	if suspect, err := l.suspects(s, node); !suspect || err != nil {
		return err == nil, err
	}
	first, err := l.canonical(via)
	return first == via, err
}

// hidesLink is hidden for what links in this state: of the present it is there
// for certain.
func (l *lens) hidesLink(via diplomacy.ID) (bool, error) {
	if !l.hides || l.past {
		return l.hidden(via)
	}
	return l.value(restricted, restrictedKey(via)) != nil, nil
}

// mirrored reports whether the links of an arc are seen along it from both ends.
func (s *strand) mirrored() bool {
	if rule := diplomacy.RuleOf(s.arc.Kind); rule != nil {
		return rule.Symmetric
	}
	return s.arc.Kind == diplomacy.KindJudgement
}

func (l *lens) ofGroup(node diplomacy.ID) bool {
	_, found := find(l.of, node)
	return found
}

// suspects reports whether the statement under a strand may say the same as one
// with a smaller id. If both entities that the link names are alone, that one
// stands right before it.
func (l *lens) suspects(s *strand, node diplomacy.ID) (bool, error) {
	if len(l.of) > 1 {
		return true, nil
	}
	if group, err := l.group(node); len(group) > 0 || err != nil {
		return true, err
	}
	const others = diplomacy.FieldOnBehalfOf | diplomacy.FieldInCapacityOf
	if diplomacy.RuleOf(s.arc.Kind).Fields&others == 0 {
		return false, nil
	}
	return l.past || s.follows(), nil
}

// follows reports whether the entry before the one under a strand of current
// entries is of the same node and start.
func (s *strand) follows() bool {
	at := append(bytes.Clone(s.prefix), s.rest...)
	k, _ := s.cursor.Prev()
	follows := bytes.HasPrefix(k, at[:len(s.prefix)+groupSize])
	if k == nil {
		s.cursor.Seek(at)
	} else {
		s.cursor.Next()
	}
	return follows
}

// node is the canonical node of a link, with facts in which the facets are its.
func (l *lens) node(s *strand) (diplomacy.ID, facts, error) {
	stored := number[diplomacy.ID](s.rest[8:])
	node, err := l.canonical(stored)
	if node == stored || err != nil {
		return node, s.facts, err
	}
	r, err := l.record(node)
	if err != nil {
		return 0, nil, err
	}
	e, _ := r.(diplomacy.Entity)
	return node, appendFacts(nil, s.facts.span(), s.facts[atRole], s.facts[atRank], e), nil
}

// show makes of a link as it was stored one as it is shown.
func (l *lens) show(link *store.Link, s *strand) error {
	node, facts, err := l.node(s)
	link.Node, link.Facets = node, facts.facets(node.Kind())
	return err
}

// joinedIn reports whether entities that are the same as others are of a kind that
// the statements of a rule can name.
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

// absorbed counts the entities of a kind for which another answers at present.
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

// sames gives the records that are the same as each of some.
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
