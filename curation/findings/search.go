package findings

import (
	"cmp"
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// MaxSearched is how many entities one Search examines, so its cost does not depend on
// the size of the graph.
const MaxSearched = 300

// fewest entities are examined at first.
const fewest = 10

// Query asks for findings that pass all of its parts; a zero part lets all pass.
type Query struct {
	Rules      []diplomacy.Term // the code of the rule is one of these
	Severities []diplomacy.Term // the severity is one of these
	// Entity is examined alone: the findings are its own, and those that are listed
	// under others but seen from it.
	Entity diplomacy.ID
	// Source is among the sources of the evidence.
	Source diplomacy.ID
	// Since passes findings of which a record, or evidence about it, was written or
	// withdrawn after this transaction.
	Since diplomacy.TxNumber

	After Position
	Limit int
}

// Position is a place in the order of findings: behind one of them, or behind an entity
// that was examined. The zero Position is the beginning.
type Position struct {
	// Listed is the cursor of an entity in the list of its kind: that entity and all
	// before it are done.
	Kind   diplomacy.Kind
	Listed store.Cursor
	// Owner and Key are those of the last finding seen; zero for none after Listed.
	Owner diplomacy.ID
	Key   string
}

// Found is a finding with the Position behind it.
type Found struct {
	Finding
	Behind Position
}

// Page is the answer to a Query. It may be short, or even empty, while there is More:
// the search has come as far as Next.
type Page struct {
	Found []Found
	Next  Position
	More  bool
}

// Search returns a page of findings, in the order of All; those of one owner in the
// order of the rules, then of the records.
//
// Errors: store.ErrCursor for a Position of another query; ErrTooManyChanges; those of
// the Reader.
func Search(ctx context.Context, r store.Reader, q Query) (Page, error) {
	s := &search{ctx: ctx, r: r, q: q, left: MaxSearched}
	s.page.Next = q.After
	candidates, err := s.candidates()
	switch {
	case err != nil:
		return Page{}, err
	case candidates != nil:
		err = s.among(candidates)
	default:
		err = s.everywhere()
	}
	return s.page, err
}

// search is one call of Search.
type search struct {
	ctx  context.Context
	r    store.Reader
	q    Query
	left int // entities that may still be examined
	page Page

	touched map[diplomacy.ID]bool // records since Query.Since; nil without
}

// everywhere examines all entities, from the position on.
func (s *search) everywhere() error {
	if s.q.After.Owner != 0 && s.q.After.Kind == 0 {
		return store.ErrCursor
	}
	for _, kind := range diplomacy.EntityKinds {
		if kind < s.q.After.Kind || !s.anyRule(kind) {
			continue
		}
		done, err := s.ofKind(kind)
		if err != nil || !done {
			s.page.More = true
			return err
		}
	}
	return nil
}

// anyRule reports whether a rule of the query examines entities of a kind.
func (s *search) anyRule(kind diplomacy.Kind) bool {
	return slices.ContainsFunc(Rules, func(rule Rule) bool { return s.asked(&rule) && rule.applies(kind) })
}

// asked reports whether the query asks for the findings of a rule.
func (s *search) asked(rule *Rule) bool {
	return (len(s.q.Rules) == 0 || slices.Contains(s.q.Rules, rule.Code)) &&
		(len(s.q.Severities) == 0 || slices.Contains(s.q.Severities, rule.Severity))
}

// ofKind examines the entities of a kind; done says that it has seen them all.
func (s *search) ofKind(kind diplomacy.Kind) (done bool, err error) {
	if s.page.Next.Kind != kind {
		s.page.Next = Position{Kind: kind}
	}
	for some := max(s.q.Limit, fewest); s.left > 0; some *= 2 { // few, if those have enough findings
		listed := s.page.Next.Listed
		list, err := s.r.List(s.ctx, store.ListQuery{Kind: kind, Order: store.ByID, Page: store.Page{After: listed, Limit: min(some, s.left, MaxExamined)}})
		if err != nil {
			return false, err
		}
		ids, before := make([]diplomacy.ID, len(list.Entries)), map[diplomacy.ID]store.Cursor{}
		for i, entry := range list.Entries {
			ids[i], before[entry.ID] = entry.ID, listed
			listed = entry.Cursor
		}
		full, err := s.add(ids, func(f *Finding) Position { return Position{kind, before[f.Owner], f.Owner, f.key()} })
		if err != nil || full {
			return false, err
		}
		if !list.Next {
			return true, nil
		}
		s.page.Next = Position{Kind: kind, Listed: listed}
	}
	return false, nil
}

// among examines entities that are known to have all findings of the query.
func (s *search) among(ids []diplomacy.ID) error {
	if s.q.After.Kind != 0 {
		return store.ErrCursor
	}
	if s.q.Entity == 0 {
		ids = slices.DeleteFunc(ids, func(id diplomacy.ID) bool {
			return compareOwners(id, s.q.After.Owner) < 0 || !s.anyRule(id.Kind())
		})
	}
	for some := range slices.Chunk(ids, MaxExamined) {
		if s.page.More = s.left <= 0; s.page.More {
			return nil
		}
		full, err := s.add(some, func(f *Finding) Position { return Position{Owner: f.Owner, Key: f.key()} })
		if err != nil || full {
			s.page.More = full
			return err
		}
		s.page.Next = Position{Owner: some[len(some)-1], Key: behindAll}
	}
	return nil
}

// behindAll is greater than the key of any finding.
const behindAll = "\xff"

// add examines entities and adds their findings; full says that there are more than the
// page may have.
func (s *search) add(ids []diplomacy.ID, behind func(*Finding) Position) (full bool, err error) {
	s.left -= len(ids)
	all, err := examine(s.ctx, s.r, ids, s.asked)
	if err != nil {
		return false, err
	}
	all = slices.DeleteFunc(all, func(f Finding) bool { return !s.passes(&f) })
	slices.SortFunc(all, compareFindings)
	for i := range all {
		if len(s.page.Found) >= s.q.Limit {
			return true, nil
		}
		at := behind(&all[i])
		s.page.Found = append(s.page.Found, Found{all[i], at})
		s.page.Next = at
	}
	return false, nil
}

// passes reports whether a finding is behind the position and passes the query.
func (s *search) passes(f *Finding) bool {
	switch after := s.q.After; {
	case s.q.Entity == 0 && f.Owner != f.from:
		return false
	case after.Owner != 0 && cmp.Or(compareOwners(f.Owner, after.Owner), cmp.Compare(f.key(), after.Key)) <= 0:
		return false
	}
	return (s.q.Source == 0 || f.RestsOn(s.q.Source)) && (s.touched == nil || f.touches(s.touched))
}

// compareOwners compares entities in the order of All.
func compareOwners(a, b diplomacy.ID) int {
	return cmp.Or(cmp.Compare(a.Kind(), b.Kind()), cmp.Compare(a, b))
}

func compareFindings(a, b Finding) int {
	return cmp.Or(compareOwners(a.Owner, b.Owner), cmp.Compare(a.key(), b.key()))
}
