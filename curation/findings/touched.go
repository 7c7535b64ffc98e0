package findings

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// MaxChanges is how many changes may be searched for their findings; maxLeading how many
// statements that lead to a changed entity are considered.
const (
	MaxChanges = 1_000
	maxLeading = 100
)

// ErrTooManyChanges is returned for a Query whose Since lies more than MaxChanges back.
var ErrTooManyChanges = errors.New("findings: too many changes since the transaction")

// candidates returns entities under which all findings of the query are listed, in the
// order of All; nil if that may be all entities.
func (s *search) candidates() ([]diplomacy.ID, error) {
	var touched *touch
	var err error
	if s.q.Since > 0 {
		if touched, err = s.since(); err != nil {
			return nil, err
		}
		s.touched = touched.records
	}
	switch {
	case s.q.Entity != 0:
		return []diplomacy.ID{s.q.Entity}, nil
	case touched != nil:
		return touched.owners(), nil
	case s.q.Source != 0:
		return s.restingOn()
	}
	return nil, nil
}

// since returns what was touched since a transaction.
func (s *search) since() (*touch, error) {
	var numbers []diplomacy.TxNumber
	for n := s.q.Since + 1; n <= s.r.Revision(); n++ {
		if numbers = append(numbers, n); len(numbers) > MaxChanges {
			return nil, ErrTooManyChanges
		}
	}
	transactions, err := s.r.Transactions(s.ctx, numbers)
	if err != nil {
		return nil, err
	}
	total := 0
	for _, t := range transactions {
		if t != nil {
			total += t.Changes
		}
	}
	if total > MaxChanges {
		return nil, ErrTooManyChanges
	}
	var changed []diplomacy.ID
	for _, n := range numbers {
		changes, err := s.r.Changes(s.ctx, n, 0, MaxChanges)
		if err != nil {
			return nil, err
		}
		for _, c := range changes {
			changed = append(changed, c.Record)
		}
	}
	return touchedBy(s.ctx, s.r, changed)
}

// restingOn returns the owners of what a source is evidence of; nil if that is too much
// to read at once.
func (s *search) restingOn() ([]diplomacy.ID, error) {
	arc := []store.Arc{{Kind: diplomacy.KindEvidence, Direction: store.In}}
	pages, err := s.r.Links(s.ctx, store.LinkQuery{Of: []diplomacy.ID{s.q.Source}, Along: arc, Page: store.Page{Limit: store.MaxPage}})
	if err != nil || pages[0].Next {
		return nil, err
	}
	t := newTouch(s.ctx, s.r)
	t.entities[s.q.Source] = true
	var about []diplomacy.ID
	for _, l := range pages[0].Links {
		about = append(about, l.Node)
	}
	if err := errors.Join(t.add(about), t.resolve()); err != nil {
		return nil, err
	}
	return t.owners(), nil
}

// touch is what some changes touch.
type touch struct {
	ctx context.Context
	r   store.Reader
	// records are those written or withdrawn, and those that evidence and judgements
	// are about.
	records map[diplomacy.ID]bool
	// entities are those from which rules see the records.
	entities map[diplomacy.ID]bool
}

func newTouch(ctx context.Context, r store.Reader) *touch {
	return &touch{ctx: ctx, r: r, records: map[diplomacy.ID]bool{}, entities: map[diplomacy.ID]bool{}}
}

// touchedBy returns what changes of some records touch: also the entities that own
// statements which lead to a changed one, as far as maxLeading.
func touchedBy(ctx context.Context, r store.Reader, changed []diplomacy.ID) (*touch, error) {
	t := newTouch(ctx, r)
	if err := t.add(changed); err != nil {
		return nil, err
	}
	if err := t.addLeading(changed); err != nil {
		return nil, err
	}
	return t, t.resolve()
}

// add adds records and what they are about.
func (t *touch) add(ids []diplomacy.ID) error {
	records, err := t.lastVersions(ids)
	if err != nil {
		return err
	}
	var about []diplomacy.ID
	for i, record := range records {
		t.records[ids[i]] = true
		switch r := record.(type) {
		case nil:
		case *diplomacy.Statement:
			t.records[r.ID] = true
			for _, id := range examinedFrom(r) {
				t.entities[id] = true
			}
		case *diplomacy.Evidence:
			about = append(about, r.About)
		case *diplomacy.Judgement:
			about = append(about, r.A, r.B)
		case diplomacy.Entity:
			t.records[r.Base().ID], t.entities[r.Base().ID] = true, true
		}
	}
	if len(about) == 0 {
		return nil
	}
	return t.add(about)
}

// lastVersions reads records as they are, or were before they were withdrawn.
func (t *touch) lastVersions(ids []diplomacy.ID) ([]diplomacy.Record, error) {
	records, err := t.r.Records(t.ctx, ids)
	if err != nil {
		return nil, err
	}
	var gone []diplomacy.ID
	for i, r := range records {
		if r == nil {
			gone = append(gone, ids[i])
		}
	}
	if len(gone) == 0 {
		return records, nil
	}
	versions, err := t.r.Versions(t.ctx, gone, 0, 1)
	if err != nil {
		return nil, err
	}
	for i := range records {
		if records[i] == nil {
			if len(versions[0]) > 0 {
				records[i] = versions[0][0]
			}
			versions = versions[1:]
		}
	}
	return records, nil
}

// addLeading adds the owners of statements that lead to entities.
func (t *touch) addLeading(of []diplomacy.ID) error {
	groups := map[diplomacy.Kind][]diplomacy.ID{}
	for _, id := range of {
		if len(leading[id.Kind()]) > 0 {
			groups[id.Kind()] = append(groups[id.Kind()], id)
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(groups)) {
		pages, err := t.r.Links(t.ctx, store.LinkQuery{Of: groups[kind], Along: leading[kind], Descending: true, Page: store.Page{Limit: maxLeading}})
		if err != nil {
			return err
		}
		for _, page := range pages {
			for _, l := range page.Links {
				t.entities[l.Node] = true
			}
		}
	}
	return nil
}

// resolve replaces merged records by canonical ones.
func (t *touch) resolve() error {
	ids := slices.Sorted(maps.Keys(t.entities))
	records, err := t.r.Records(t.ctx, ids)
	for i, r := range records {
		delete(t.entities, ids[i])
		if r != nil {
			t.entities[r.Header().ID] = true
		}
	}
	return err
}

// owners returns the entities in the order of All; never nil.
func (t *touch) owners() []diplomacy.ID {
	return append([]diplomacy.ID{}, slices.SortedFunc(maps.Keys(t.entities), func(a, b diplomacy.ID) int {
		return cmp.Or(compareOwners(a, b), cmp.Compare(a, b))
	})...)
}
