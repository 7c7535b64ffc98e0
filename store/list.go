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
}

// NameTest compares folded names (see FoldName). Zero fields let all pass.
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
