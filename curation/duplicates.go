package curation

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
)

// Duplicate is a pair of entities that may be the same, and why.
type Duplicate struct {
	A, B    diplomacy.Entity // the one with the smaller id first
	Reasons []Reason         // in the order of the reasons below
}

// Reason is one sign that two entities are the same.
type Reason struct {
	Kind diplomacy.Term
	Text string // in words, for a person to judge by
}

// DuplicateReasons are the kinds of a Reason: an identifier that differs only in how
// it is written; persons of one name who held one office, or offices of one state, at
// times that may overlap; events of one kind at about the same day between the same
// parties.
var DuplicateReasons = diplomacy.Terms{"SHARED_IDENTIFIER", "SAME_NAME_OVERLAPPING_TENURES", "SAME_EVENT"}

// What Duplicates looks at is bounded: of each kind the MaxExamined entities
// recorded last; of those who have one name, or lie at one date, MaxAlike; and no more
// than MaxLinks links of one of them.
const (
	MaxExamined = 100_000
	MaxAlike    = 50
	MaxLinks    = store.MaxPage
)

// Duplicates proposes pairs: those with most reasons first, then by their ids.
// Nothing is proposed that was judged, be it by way of others whom they are held to be
// the same as, nor for a name alone. It reads
// every entity up to the bounds above, so it takes seconds where there are hundreds of
// thousands.
func Duplicates(ctx context.Context, r store.Reader) ([]Duplicate, error) {
	s := &search{ctx: ctx, r: r, found: map[pair][]sign{}}
	for _, part := range []func() error{s.sharedIdentifiers, s.namesakes, s.sameEvents, s.withoutJudged} {
		if err := part(); err != nil {
			return nil, err
		}
	}
	return s.sorted()
}

// pair are two entities, the smaller id first.
type pair struct{ a, b diplomacy.ID }

func pairOf(a, b diplomacy.ID) pair { return pair{min(a, b), max(a, b)} }

// search is one run of Duplicates.
type search struct {
	ctx   context.Context
	r     store.Reader
	found map[pair][]sign
}

// sign is a Reason before the ids in it are put into words.
type sign struct {
	kind   diplomacy.Term
	format string
	args   []any
}

func (s *search) add(a, b diplomacy.ID, kind diplomacy.Term, format string, args ...any) {
	if a != b {
		s.found[pairOf(a, b)] = append(s.found[pairOf(a, b)], sign{kind, format, args})
	}
}

func (s *search) sorted() ([]Duplicate, error) {
	pairs := slices.SortedFunc(maps.Keys(s.found), func(p, q pair) int {
		return cmp.Or(cmp.Compare(len(s.found[q]), len(s.found[p])), comparePairs(p, q))
	})
	named, err := s.named()
	if err != nil {
		return nil, err
	}
	var duplicates []Duplicate
	for _, p := range pairs {
		if named[p.a] == nil || named[p.b] == nil {
			continue
		}
		d := Duplicate{A: named[p.a], B: named[p.b]}
		for _, sign := range s.found[p] {
			d.Reasons = append(d.Reasons, sign.reason(named))
		}
		duplicates = append(duplicates, d)
	}
	return duplicates, nil
}

// named are all entities that the pairs and their signs speak of.
func (s *search) named() (map[diplomacy.ID]diplomacy.Entity, error) {
	ids := map[diplomacy.ID]bool{}
	for p, signs := range s.found {
		ids[p.a], ids[p.b] = true, true
		for _, sign := range signs {
			for _, arg := range sign.args {
				if id, ok := arg.(diplomacy.ID); ok {
					ids[id] = true
				}
			}
		}
	}
	wanted := slices.Sorted(maps.Keys(ids))
	records, err := s.r.Records(s.ctx, wanted)
	named := map[diplomacy.ID]diplomacy.Entity{}
	for i, r := range records {
		if e, ok := r.(diplomacy.Entity); ok {
			named[wanted[i]] = e
		}
	}
	return named, err
}

func (s sign) reason(named map[diplomacy.ID]diplomacy.Entity) Reason {
	args := slices.Clone(s.args)
	for i, arg := range args {
		if id, ok := arg.(diplomacy.ID); ok && named[id] != nil {
			args[i] = named[id].Base().Label("en", diplomacy.Window{}).Value
		}
	}
	return Reason{s.kind, fmt.Sprintf(s.format, args...)}
}

// entities are those of a kind that were recorded last, by pages, each page the
// newest first.
func (s *search) entities(kind diplomacy.Kind) iter.Seq2[[]diplomacy.Entity, error] {
	return func(yield func([]diplomacy.Entity, error) bool) {
		q := store.ListQuery{Kind: kind, Order: store.ByID, Descending: true, Page: store.Page{Limit: store.MaxPage}}
		for n := 0; n < MaxExamined; n += store.MaxPage {
			page, err := s.r.List(s.ctx, q)
			if err != nil {
				yield(nil, err)
				return
			}
			ids := make([]diplomacy.ID, len(page.Entries))
			for i, entry := range page.Entries {
				ids[i], q.Page.After = entry.ID, entry.Cursor
			}
			entities, err := entitiesOf(s.ctx, s.r, ids)
			if !yield(entities, err) || err != nil || !page.Next {
				return
			}
		}
	}
}

func entitiesOf(ctx context.Context, r store.Reader, ids []diplomacy.ID) ([]diplomacy.Entity, error) {
	records, err := r.Records(ctx, ids)
	if err != nil {
		return nil, err
	}
	var entities []diplomacy.Entity
	for _, r := range records {
		if e, ok := r.(diplomacy.Entity); ok {
			entities = append(entities, e)
		}
	}
	return entities, nil
}

// sharedIdentifiers finds entities of one kind whose identifiers say the same.
func (s *search) sharedIdentifiers() error {
	for _, kind := range diplomacy.EntityKinds {
		first := map[diplomacy.Identifier]heldBy{}
		for page, err := range s.entities(kind) {
			if err != nil {
				return err
			}
			for _, e := range page {
				for _, i := range e.Base().Identifiers {
					folded := foldIdentifier(i)
					other, ok := first[folded]
					if ok {
						s.add(other.id, e.Base().ID, "SHARED_IDENTIFIER", "both have the %s identifier %s, written %s and %s", i.Scheme, folded.Value, diplomacy.Shorten(other.as), diplomacy.Shorten(i.Value))
						continue
					}
					first[folded] = heldBy{e.Base().ID, i.Value}
				}
			}
		}
	}
	return nil
}

// heldBy is who has an identifier, and how it is written there.
type heldBy struct {
	id diplomacy.ID
	as string
}

// foldIdentifier drops what makes no difference to whom an identifier names: case,
// spaces, and the address that some put before it.
func foldIdentifier(i diplomacy.Identifier) diplomacy.Identifier {
	value := strings.ToLower(strings.Join(strings.Fields(i.Value), ""))
	if _, rest, ok := strings.Cut(value, "://"); ok {
		value = strings.TrimPrefix(rest, "www.")
	}
	value, _, _ = strings.Cut(value, "#")
	value = strings.TrimRight(value, "/")
	if _, rest, ok := strings.Cut(value, "/"); ok && i.Scheme == diplomacy.SchemeWikidata {
		value = rest[strings.LastIndexByte(rest, '/')+1:]
	}
	return diplomacy.Identifier{Scheme: i.Scheme, Value: value}
}
