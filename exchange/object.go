package exchange

import (
	"chancery/diplomacy"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// object is a JSON object that is not closed yet.
type object jsontext.Value

// text spells a record without its evidence: its type, if it stands on a line of its
// own, the references that it must have, its other fields, and the references that
// it may have.
func (x *export) text(typeName string, r diplomacy.Record) (object, error) {
	o := object{'{'}
	if typeName != "" {
		o = o.text("type", typeName)
	}
	fields, err := json.Marshal(r, plain)
	if err != nil {
		return nil, err
	}
	o = x.references(o, r, true)
	o = o.members(fields)
	return x.references(o, r, false), nil
}

// references adds the references of a record that are required, or those that are
// not, as far as they are given.
func (x *export) references(o object, r diplomacy.Record, required bool) object {
	for ref := range diplomacy.References(r) {
		if ref.Required == required && !ref.Owner && *ref.ID != 0 {
			o = o.text(ref.Name, x.ref(*ref.ID).String())
		}
	}
	return o
}

// text adds a member whose value is a string.
func (o object) text(name, value string) object {
	quoted, _ := jsontext.AppendQuote(nil, value) // of valid UTF-8, as all in a store
	return object(appendMember(jsontext.Value(o), name, quoted))
}

// members adds all members of another object.
func (o object) members(other jsontext.Value) object {
	inner := other[1 : len(other)-1]
	if len(inner) > 0 && len(o) > 1 {
		o = append(o, ',')
	}
	return append(o, inner...)
}

// closed ends the object.
func (o object) closed() jsontext.Value { return jsontext.Value(append(o, '}')) }

// withEvidence adds evidence to the object of what it is about.
func withEvidence(record jsontext.Value, evidence []jsontext.Value) jsontext.Value {
	list := []byte{'['}
	for i, e := range evidence {
		if i > 0 {
			list = append(list, ',')
		}
		list = append(list, e...)
	}
	return append(appendMember(record[:len(record)-1], "evidence", append(list, ']')), '}')
}
