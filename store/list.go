package store

import "chancery/diplomacy"

// ListOrder is how entities of a kind are listed.
type ListOrder uint8

// ByName orders by FoldName of the main name cut to 64 bytes, ByDate by the
// earliest start of the entity's Dated time (one that is not known first),
// ByID by the time the entity was recorded. Ties go by ID.
const (
	ByName ListOrder = iota
	ByDate
	ByID
)

// ListQuery asks for entities of one kind.
type ListQuery struct {
	Kind       diplomacy.Kind
	Order      ListOrder
	Descending bool // turns the order round, ties too
	Where      ListFilter
	Page       Page
}

// ListFilter keeps the entities that pass all of its parts; a part that is nil
// or zero lets all pass.
type ListFilter struct {
	Facets []FacetTest
	Times  []TimeTest // of the entity's Dated time; AsOf is Begun
	// Name passes entities of which at least one name passes.
	Name NameTest
	// Existed tests the time for which the entity existed or was in force
	// (diplomacy.Existence).
	Existed []TimeTest
	// Schemes passes entities with an identifier of one of these schemes.
	Schemes []string
	// Among passes entities that are in each of these sets.
	Among [][]diplomacy.ID
	// Not passes what passes none of these filters. Those that let all pass exclude
	// everything.
	Not []ListFilter
	// Or passes what passes at least one of these filters.
	Or []ListFilter
}

// IsZero reports whether the filter lets all pass.
func (f *ListFilter) IsZero() bool {
	return f.Name == (NameTest{}) && len(f.Facets)+len(f.Times)+len(f.Existed)+len(f.Schemes)+len(f.Among)+len(f.Not)+len(f.Or) == 0
}

// NameTest compares folded names (see FoldName). Zero fields let all pass; one that is not
// zero, but folds to nothing, lets none pass.
type NameTest struct {
	Equals, Contains, StartsWith string
}

// ListPage is the answer to a ListQuery.
type ListPage struct {
	Entries []Entry
	Flags
}

// Entry is one entity of a list.
type Entry struct {
	ID     diplomacy.ID
	Cursor Cursor
}
