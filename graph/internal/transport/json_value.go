package transport

import (
	"encoding/json"

	"github.com/go-json-experiment/json/jsontext"
)

// readValue reads a value of any type.
func readValue(decoder *jsontext.Decoder) (any, error) {
	token, err := decoder.ReadToken()
	if err != nil {
		return nil, err
	}
	switch token.Kind() {
	case '{':
		return readMembers(decoder)
	case '[':
		return readElements(decoder)
	case '"':
		return token.String(), nil
	case '0':
		return json.Number(token.String()), nil
	case 'n':
		return nil, nil
	default:
		return token.Bool(), nil
	}
}

func readMembers(decoder *jsontext.Decoder) (map[string]any, error) {
	object := map[string]any{}
	for decoder.PeekKind() != '}' {
		token, err := decoder.ReadToken()
		if err != nil {
			return nil, err
		}
		name := token.String()
		if object[name], err = readValue(decoder); err != nil {
			return nil, err
		}
	}
	_, err := decoder.ReadToken()
	return object, err
}

func readElements(decoder *jsontext.Decoder) ([]any, error) {
	list := []any{}
	for decoder.PeekKind() != ']' {
		element, err := readValue(decoder)
		if err != nil {
			return nil, err
		}
		list = append(list, element)
	}
	_, err := decoder.ReadToken()
	return list, err
}
