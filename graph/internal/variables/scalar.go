package variables

import (
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// scalars are GraphQL's own scalars with what they accept of JSON (section 3.5). Other
// scalars are checked by their unmarshallers.
var scalars = map[string]func(value any) bool{
	"Int":     func(value any) bool { return isInteger(value, 32) },
	"Float":   func(value any) bool { _, ok := value.(json.Number); return ok },
	"String":  func(value any) bool { _, ok := value.(string); return ok },
	"Boolean": func(value any) bool { _, ok := value.(bool); return ok },
	"ID":      func(value any) bool { _, ok := value.(string); return ok || isInteger(value, 64) },
}

func isInteger(value any, bits int) bool {
	number, ok := value.(json.Number)
	if !ok {
		return false
	}
	_, err := strconv.ParseInt(string(number), 10, bits)
	return err == nil
}

// Describe returns a short text of a JSON value for an error message; long values are
// cut.
func Describe(value any) string {
	const limit = 64
	switch value := value.(type) {
	case nil:
		return "null"
	case []any:
		return "a list"
	case map[string]any:
		return "an object"
	case string:
		return strconv.Quote(Truncate(value, limit))
	default:
		return Truncate(fmt.Sprint(value), limit)
	}
}

// Truncate cuts a text to a number of bytes, between characters.
func Truncate(text string, limit int) string {
	for len(text) > limit {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	return text
}
