package mutation

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"chancery/curation"
)

// plain turns the values of documents and variables into those of encoding/json
// with numbers as they were written.
func plain(v any) any {
	switch v := v.(type) {
	case int64:
		return json.Number(strconv.FormatInt(v, 10))
	case float64:
		return json.Number(strconv.FormatFloat(v, 'g', -1, 64))
	case []any:
		list := make([]any, len(v))
		for i, e := range v {
			list[i] = plain(e)
		}
		return list
	case map[string]any:
		object := make(map[string]any, len(v))
		for name, value := range v {
			object[name] = plain(value)
		}
		return object
	}
	return v
}

// text reads a String or ID; numbers stand for ids, as GraphQL allows.
func text(v any) string {
	switch v := plain(v).(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}

func boolean(v any) bool {
	b, _ := v.(bool)
	return b
}

// below is the path of a part.
func below(path []string, part ...string) []string { return append(slices.Clip(path), part...) }

// refuse notes what is wrong with a part of the input.
func (r *reading) refuse(path []string, format string, args ...any) {
	r.problems = append(r.problems, curation.Problem{Path: path, Code: curation.Invalid, Message: fmt.Sprintf(format, args...)})
}

// noReference stands for an empty reference, which would ask for a new record.
const noReference = " "

// target reads which record to change; empty where none was given.
func target(v any) curation.Ref {
	if named := text(v); v == nil || named != "" {
		return curation.Ref(named)
	}
	return noReference
}

// revision reads the revision that the asker has seen; 0 does not ask.
func (r *reading) revision(path []string, v any) uint32 {
	if v == nil {
		return 0
	}
	n, err := strconv.ParseUint(text(v), 10, 32)
	if err != nil || n == 0 {
		r.refuse(path, "is no revision; they are counted from 1")
	}
	return uint32(n)
}
