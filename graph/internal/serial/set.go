package serial

import (
	"io"

	"github.com/99designs/gqlgen/graphql"
)

// Set replaces graphql.FieldSet: it holds the fields of one object and their values. It
// needs neither locks nor a queue of resolvers to run.
type Set struct {
	fields   []graphql.CollectedField
	Values   []graphql.Marshaler
	Invalids uint32 // the number of fields that make the object null
}

// NewSet returns a set without values.
func NewSet(fields []graphql.CollectedField) *Set {
	return &Set{fields: fields, Values: make([]graphql.Marshaler, len(fields))}
}

// MarshalGQL writes the object as JSON, each alias once. An alias is a GraphQL name and
// needs no escaping.
func (s *Set) MarshalGQL(w io.Writer) {
	separator := "{"
	for i := range s.fields {
		if s.isDuplicate(i) {
			continue
		}
		_, _ = io.WriteString(w, separator+`"`+s.fields[i].Alias+`":`)
		s.Values[i].MarshalGQL(w)
		separator = ","
	}
	if len(s.fields) == 0 {
		_, _ = io.WriteString(w, separator)
	}
	_, _ = io.WriteString(w, "}")
}

// isDuplicate reports whether an earlier field has the alias of field i, as when it was
// selected on two interfaces.
func (s *Set) isDuplicate(i int) bool {
	for j := range i {
		if s.fields[j].Alias == s.fields[i].Alias {
			return true
		}
	}
	return false
}
