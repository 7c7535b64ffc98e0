package serial

import (
	"io"

	"github.com/99designs/gqlgen/graphql"
)

// Set replaces graphql.FieldSet: the fields of one object and what they resolve
// to. It needs neither locks nor a list of what is yet to run.
type Set struct {
	fields   []graphql.CollectedField
	Values   []graphql.Marshaler
	Invalids uint32 // how many fields make the object null
}

// NewSet makes a set without values.
func NewSet(fields []graphql.CollectedField) *Set {
	return &Set{fields: fields, Values: make([]graphql.Marshaler, len(fields))}
}

// MarshalGQL writes the object, each alias once. An alias is a GraphQL name,
// which needs no escaping.
func (s *Set) MarshalGQL(w io.Writer) {
	mark := "{"
	for i := range s.fields {
		if s.written(i) {
			continue
		}
		_, _ = io.WriteString(w, mark+`"`+s.fields[i].Alias+`":`)
		s.Values[i].MarshalGQL(w)
		mark = ","
	}
	if len(s.fields) == 0 {
		_, _ = io.WriteString(w, mark)
	}
	_, _ = io.WriteString(w, "}")
}

// written reports whether an earlier field has the alias of field i, as when it
// was selected on two interfaces.
func (s *Set) written(i int) bool {
	for j := range i {
		if s.fields[j].Alias == s.fields[i].Alias {
			return true
		}
	}
	return false
}
