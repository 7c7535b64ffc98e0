package exchange

import (
	"bytes"
	"errors"
	"slices"

	"chancery/diplomacy"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// separate takes the references out of a JSON object; rest is what remains of it.
// The references are in the order of the fields, zero where not given.
func separate(object jsontext.Value, fields []diplomacy.ReferenceField) (refs []reference, rest jsontext.Value, err error) {
	if len(fields) == 0 || object.Kind() != '{' {
		return nil, object, nil
	}
	refs, rest = make([]reference, len(fields)), append(make(jsontext.Value, 0, len(object)), '{')
	members := jsontext.NewDecoder(bytes.NewReader(object))
	if _, err := members.ReadToken(); err != nil {
		return nil, nil, err
	}
	for members.PeekKind() != '}' {
		token, err := members.ReadToken()
		if err != nil {
			return nil, nil, err
		}
		name := token.String()
		value, err := members.ReadValue()
		if err != nil {
			return nil, nil, err
		}
		i := slices.IndexFunc(fields, func(f diplomacy.ReferenceField) bool { return f.Name == name })
		if i < 0 {
			rest = appendMember(rest, name, value)
			continue
		}
		if err := json.Unmarshal(value, &refs[i], strict); err != nil {
			return nil, nil, inside(err, name)
		}
	}
	return refs, append(rest, '}'), nil
}

// appendMember appends a member to an object that is not closed yet.
func appendMember(object jsontext.Value, name string, value []byte) jsontext.Value {
	if len(object) > 1 {
		object = append(object, ',')
	}
	object, _ = jsontext.AppendQuote(object, name) // of a name that was decoded, or is ours
	return append(append(object, ':'), value...)
}

// inside says of an error in a value where the value is.
func inside(err error, tokens ...string) error {
	if semantic, ok := errors.AsType[*json.SemanticError](err); ok {
		at := jsontext.Pointer("")
		for _, token := range tokens {
			at = at.AppendToken(token)
		}
		semantic.JSONPointer = at + semantic.JSONPointer
	}
	return err
}
