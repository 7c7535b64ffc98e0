package bolt

import (
	"chancery/diplomacy"

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
	if hidden, err := l.hiddenThen(id); hidden || err != nil {
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
	if hidden, err := l.hiddenThen(id); hidden || err != nil {
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
// hidesLink is hidden for what links in this state: of the present it is there
// for certain.
// mirrored reports whether the links of an arc are seen along it from both ends.
// suspects reports whether the statement under a strand may say the same as one
// with a smaller id. If both entities that the link names are alone, that one
// stands right before it.
// follows reports whether the entry before the one under a strand of current
// entries is of the same node and start.
// node is the canonical node of a link, with facts in which the facets are its.
// show makes of a link as it was stored one as it is shown.
// joinedIn reports whether entities that are the same as others are of a kind that
// the statements of a rule can name.
// absorbed counts the entities of a kind for which another answers at present.
// sames gives the records that are the same as each of some.
