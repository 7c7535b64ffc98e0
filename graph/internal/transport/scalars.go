package transport

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// scalars are those of GraphQL, and whether a value from JSON is one (section 3.5). What
// others take their own readers know.
var scalars = map[string]func(value any) bool{
	"Int":     func(value any) bool { return isInteger(value, 32) },
	"Float":   func(value any) bool { _, is := value.(json.Number); return is },
	"String":  func(value any) bool { _, is := value.(string); return is },
	"Boolean": func(value any) bool { _, is := value.(bool); return is },
	"ID":      func(value any) bool { _, is := value.(string); return is || isInteger(value, 64) },
}

func isInteger(value any, bits int) bool {
	number, is := value.(json.Number)
	if !is {
		return false
	}
	_, err := strconv.ParseInt(string(number), 10, bits)
	return err == nil
}

// shown is a value as an error shows it, cut where it is long.
func shown(value any) string {
	const most = 64
	switch value := value.(type) {
	case nil:
		return "null"
	case []any:
		return "a list"
	case map[string]any:
		return "an object"
	case string:
		return strconv.Quote(shortened(value, most))
	default:
		return shortened(fmt.Sprint(value), most)
	}
}
