package fetch

import (
	"chancery/curation/reference"
	"chancery/diplomacy"
	"chancery/graph/model"
	"chancery/graph/relations"

	"github.com/vektah/gqlparser/v2/ast"
)

// fetched holds what was read from the snapshot. Maps that few operations need are
// made when they are first written.
type fetched struct {
	records      model.Records
	related      map[relatedTo]relatedList
	groups       map[diplomacy.ID][]diplomacy.Record // of records judged the same, by the canonical id
	named        *reference.Directory                // of references in filters; nil before the first
	siblings     map[diplomacy.ID][]diplomacy.ID     // of observations
	transactions map[diplomacy.TxNumber]*diplomacy.Transaction
	answers      map[place]any // the value of a field, or the UserError that it reports
	arguments    map[argumentsOf]any
	checked      map[*ast.Field]struct{} // fields whose arguments the executor accepts
}

// put writes an entry of a map that may not be made yet.
func put[K comparable, V any](m *map[K]V, key K, value V) {
	if *m == nil {
		*m = map[K]V{}
	}
	(*m)[key] = value
}

// place is a field of the document on one record; the zero ID stands for Query.
type place struct {
	parent diplomacy.ID
	field  *ast.Field
}

// argumentsOf is a field of the document, as the field of one relation: a fragment
// on an interface has it on several types.
type argumentsOf struct {
	field    *ast.Field
	relation *relations.Relation // nil for other fields
}

// relatedTo is the evidence, or the judgements, about a record.
type relatedTo struct {
	kind  diplomacy.Kind
	about diplomacy.ID
}

// relatedList is the beginning of a list, up to a limit.
type relatedList struct {
	ids   []diplomacy.ID
	limit int
}

// has reports whether the list has as many elements as are asked for, or all there are.
func (l relatedList) has(first int) bool { return l.limit >= first || len(l.ids) < l.limit }
