// Package duplicates searches a graph for pairs of entities that may be the
// same, and says why. It proposes; people judge (curation.Judge).
package duplicates

import (
	"cmp"
	"context"
	"encoding/binary"
	"maps"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// Pair is two entities that may be the same, and why.
type Pair struct {
	A, B    diplomacy.Entity // the one with the smaller id first
	Reasons []Reason         // in the order of ReasonKinds
}

// Key returns the key of a pair in the order of pairs: those with most reasons first, then
// by ids. It stays the same when other pairs are judged and disappear.
func (p Pair) Key() store.Cursor {
	key := binary.BigEndian.AppendUint32(nil, ^uint32(len(p.Reasons)))
	key = binary.BigEndian.AppendUint64(key, uint64(p.A.Header().ID))
	return store.Cursor(binary.BigEndian.AppendUint64(key, uint64(p.B.Header().ID)))
}

// Reason is one sign that two entities are the same.
type Reason struct {
	Kind diplomacy.Term // one of ReasonKinds
	Text string         // a sentence for the person who judges
}

// ReasonKinds lists the kinds of a Reason: an identifier that differs only in how
// it is written; persons with one name who held one office, or offices of one state,
// at times that may overlap; events of one kind at about the same day between the
// same parties.
var ReasonKinds = diplomacy.Terms{"SHARED_IDENTIFIER", "SAME_NAME_OVERLAPPING_TENURES", "SAME_EVENT"}

// Limits of a search: of each kind it reads the MaxExamined entities that were
// recorded last; of the entities with one name or at one date it compares MaxAlike;
// of one entity it reads MaxLinks links along an arc.
const (
	MaxExamined = 100_000
	MaxAlike    = 50
	MaxLinks    = store.MaxPage
)

// Find returns the pairs with most reasons first, then by their ids. It leaves out
// pairs that were judged, also by way of records merged with them, and pairs that
// share nothing but a name. It reads every entity up to the limits above, so it takes
// seconds in a graph of hundreds of thousands.
func Find(ctx context.Context, r store.Reader) ([]Pair, error) {
	s := &search{ctx: ctx, r: r, found: map[idPair][]sign{}}
	for _, part := range []func() error{s.sharedIdentifiers, s.sameNames, s.sameEvents, s.withoutJudged} {
		if err := part(); err != nil {
			return nil, err
		}
	}
	return s.pairs()
}

// idPair is two entities, the smaller id first.
type idPair struct{ a, b diplomacy.ID }

func pairOf(a, b diplomacy.ID) idPair { return idPair{min(a, b), max(a, b)} }

func comparePairs(p, q idPair) int { return cmp.Or(cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b)) }

// search is one run of Find.
type search struct {
	ctx   context.Context
	r     store.Reader
	found map[idPair][]sign
}

func (s *search) add(a, b diplomacy.ID, kind diplomacy.Term, format string, args ...any) {
	if a != b {
		s.found[pairOf(a, b)] = append(s.found[pairOf(a, b)], sign{kind, format, args})
	}
}

// pairs sorts what was found and spells out the reasons.
func (s *search) pairs() ([]Pair, error) {
	ids := slices.SortedFunc(maps.Keys(s.found), func(p, q idPair) int {
		return cmp.Or(cmp.Compare(len(s.found[q]), len(s.found[p])), comparePairs(p, q))
	})
	entities, err := s.mentioned()
	if err != nil {
		return nil, err
	}
	var pairs []Pair
	for _, p := range ids {
		if entities[p.a] == nil || entities[p.b] == nil {
			continue
		}
		pair := Pair{A: entities[p.a], B: entities[p.b]}
		for _, sign := range s.found[p] {
			pair.Reasons = append(pair.Reasons, sign.reason(entities))
		}
		pairs = append(pairs, pair)
	}
	return pairs, nil
}
