package mutation

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"chancery/curation"
)

// jsonValue converts values of documents and variables into those of encoding/json, with
// numbers as they were written.
func jsonValue(v any) any {
	switch v := v.(type) {
	case int64:
		return json.Number(strconv.FormatInt(v, 10))
	case float64:
		return json.Number(strconv.FormatFloat(v, 'g', -1, 64))
	case []any:
		list := make([]any, len(v))
		for i, e := range v {
			list[i] = jsonValue(e)
		}
		return list
	case map[string]any:
		object := make(map[string]any, len(v))
		for name, value := range v {
			object[name] = jsonValue(value)
		}
		return object
	}
	return v
}

// text decodes a String or ID; GraphQL admits numbers as ids.
func text(v any) string {
	switch v := jsonValue(v).(type) {
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

// subpath returns the path of a part.
func subpath(path []string, part ...string) []string { return append(slices.Clip(path), part...) }

// reject adds a problem at a path of the input.
func (r *decoder) reject(path []string, format string, args ...any) {
	r.problems = append(r.problems, curation.Problem{Path: path, Code: curation.Invalid, Message: fmt.Sprintf(format, args...)})
}

// noReference replaces an empty reference, which would create a new record.
const noReference = " "

// target decodes a reference to the record to change; empty if none is given.
func target(v any) curation.Ref {
	if ref := text(v); v == nil || ref != "" {
		return curation.Ref(ref)
	}
	return noReference
}

// revision decodes the revision that the client expects; 0 if it expects none.
func (r *decoder) revision(path []string, v any) uint32 {
	if v == nil {
		return 0
	}
	n, err := strconv.ParseUint(text(v), 10, 32)
	if err != nil || n == 0 {
		r.reject(path, "is no revision; they are counted from 1")
	}
	return uint32(n)
}
