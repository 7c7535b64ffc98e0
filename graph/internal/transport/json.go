package transport

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// errMemberType says that a member of an object has another type than is expected.
var errMemberType = errors.New("a member has the wrong type")

// DecodeObject decodes the members of a JSON object into what members points to by their
// exact names, and skips all others: strings into *string and **string, which a null leaves
// as they are, objects into *map[string]any with numbers as json.Number, and any value into
// *json.RawMessage. What other readers of the same text may understand differently is
// rejected at any depth (RFC 8259, sections 4 and 8.2): repeated names, and escapes of
// surrogates that are not pairs, which are not text.
func DecodeObject(text []byte, members map[string]any) error {
	decoder := jsontext.NewDecoder(bytes.NewBuffer(text)) // of a Buffer it copies nothing
	if decoder.PeekKind() != '{' {
		return errors.New("not a JSON object")
	}
	if _, err := decoder.ReadToken(); err != nil {
		return err
	}
	for decoder.PeekKind() == '"' {
		if err := decodeMember(decoder, members); err != nil {
			return err
		}
	}
	if _, err := decoder.ReadToken(); err != nil {
		return err
	}
	if _, err := decoder.ReadToken(); !errors.Is(err, io.EOF) {
		return errors.Join(errors.New("trailing data after the object"), err)
	}
	return nil
}

func decodeMember(decoder *jsontext.Decoder, members map[string]any) error {
	token, err := decoder.ReadToken()
	if err != nil {
		return err
	}
	switch into := members[token.String()].(type) {
	case nil:
		return decoder.SkipValue()
	case *json.RawMessage:
		value, err := decoder.ReadValue()
		*into = bytes.Clone(value)
		return err
	default:
		value, err := readValue(decoder)
		if err != nil {
			return err
		}
		return assign(into, value)
	}
}

// assign sets what a pointer of DecodeObject points to.
func assign(into, value any) error {
	text, isText := value.(string)
	object, isObject := value.(map[string]any)
	switch into := into.(type) {
	case *string:
		if isText {
			*into = text
		}
		isObject = false
	case **string:
		if isText {
			*into = &text
		}
		isObject = false
	case *map[string]any:
		*into, isText = object, false
	}
	if value != nil && !isText && !isObject {
		return errMemberType
	}
	return nil
}

// decodeText decodes a whole JSON text into what DecodeObject decodes a member into.
func decodeText(text string, into any) error {
	decoder := jsontext.NewDecoder(bytes.NewBufferString(text))
	value, err := readValue(decoder)
	if err != nil {
		return err
	}
	if _, err := decoder.ReadToken(); !errors.Is(err, io.EOF) {
		return errors.Join(errors.New("trailing data after the value"), err)
	}
	return assign(into, value)
}

// IsJSONObject reports whether a valid JSON text is an object.
func IsJSONObject(text []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) }

// maxValues is how many values a JSON text may hold. Each takes about a hundred bytes of
// memory, however short it is, and an object as much time as its type has fields, so it
// counts more. The largest allowed commit has fewer.
const (
	maxValues    = 250_000
	objectWeight = 5
)

// HasTooManyValues reports whether a JSON text holds more than maxValues, counted by its
// punctuation.
func HasTooManyValues(text []byte) bool {
	if len(text) <= maxValues/objectWeight {
		return false
	}
	n, inString := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			inString = !inString
		case inString && c == '\\':
			i++
		case !inString && c == '{':
			n += objectWeight
		case !inString && (c == ',' || c == '['):
			n++
		}
	}
	return n > maxValues
}
