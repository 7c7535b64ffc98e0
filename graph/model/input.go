package model

import (
	"fmt"
	"io"
	"reflect"
)

// Input is an input object as the document or its variables have it: validated,
// with scalars that are not decoded yet.
type Input map[string]any

// UnmarshalGQL keeps an input object as it is.
func (in *Input) UnmarshalGQL(v any) error {
	fields, ok := v.(map[string]any)
	if !ok {
		return fmt.Errorf("%T is no input object", v)
	}
	*in = fields
	return nil
}

// MarshalGQL makes the type a graphql.Marshaler, which gqlgen requires of types that
// unmarshal themselves; inputs are never written.
func (Input) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, "null") }

// Elements returns the elements of a list argument. GraphQL admits a single value in
// place of a list; validation turns one in a variable into a slice of its own type.
func Elements(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	list := reflect.ValueOf(v)
	if list.Kind() != reflect.Slice {
		return []any{v}
	}
	all := make([]any, list.Len())
	for i := range all {
		all[i] = list.Index(i).Interface()
	}
	return all
}
