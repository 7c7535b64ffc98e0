package model

import (
	"fmt"
	"io"
)

// Input is an input object that is read raw, where it is used: validation has
// seen its shape, but nothing has read its scalars.
type Input map[string]any

// UnmarshalGQL leaves an input object as it stands.
func (in *Input) UnmarshalGQL(v any) error {
	fields, ok := v.(map[string]any)
	if !ok {
		return fmt.Errorf("%T is no input object", v)
	}
	*in = fields
	return nil
}

// MarshalGQL makes the type a marshaler, as the generator wants of one that reads
// itself; inputs are never written.
func (Input) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, "null") }
