package diplomacy

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
)

// Difference is a field in which two versions of a record differ.
type Difference struct {
	Field         string // as in files
	Before, After string // JSON; empty where the version has no value there
}

// Differences returns the fields in which two versions of one record differ, in the
// order in which the type declares them. Before is nil for a record that was
// created, after for one that was withdrawn.
//
// References are shown as IDs. Fields that the store sets are left out, except that
// confirming evidence is shown as "confirmed", with the numbers of transactions.
func Differences(before, after Record) []Difference {
	was, is := valuesOf(before), valuesOf(after)
	var found []Difference
	for i := range max(len(was), len(is)) {
		var d Difference
		if i < len(was) {
			d.Field, d.Before = was[i].field, was[i].json
		}
		if i < len(is) {
			d.Field, d.After = is[i].field, is[i].json
		}
		if d.Before != d.After {
			found = append(found, d)
		}
	}
	return append(found, confirmation(before, after)...)
}

func confirmation(before, after Record) []Difference {
	was, _ := before.(*Evidence)
	is, _ := after.(*Evidence)
	if was == nil || is == nil || was.Confirmed == is.Confirmed {
		return nil
	}
	return []Difference{{"confirmed", number(was.Confirmed), number(is.Confirmed)}}
}

func number(n TxNumber) string { return strconv.FormatUint(uint64(n), 10) }

// value is the value of a field as JSON; empty if the field is not set.
type value struct{ field, json string }

// valuesOf returns the values of all fields of a record, set or not, so that those
// of two versions can be compared by position.
func valuesOf(r Record) []value {
	if r == nil {
		return nil
	}
	role := ""
	if s, ok := r.(*Statement); ok && RuleOf(s.Predicate) != nil {
		role = RuleOf(s.Predicate).Role
	}
	return appendValues(nil, reflect.ValueOf(r).Elem(), role)
}

// setByStore lists the fields that are not part of what a record says.
var setByStore = map[string]bool{"Head": true, "Predicate": true, "ValueSince": true, "Confirmed": true}

func appendValues(values []value, v reflect.Value, role string) []value {
	for field, content := range v.Fields() {
		switch {
		case setByStore[field.Name]:
		case field.Anonymous:
			values = appendValues(values, content, role)
		default:
			values = append(values, value{nameInFiles(field, role), inJSON(field, content)})
		}
	}
	return values
}

// nameInFiles returns the key of a field: the name in its tag, or for references,
// which files spell as slugs, its Go name with a lower-case initial. A statement's
// role has the name that the vocabulary gives it.
func nameInFiles(field reflect.StructField, role string) string {
	name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
	switch {
	case field.Name == "Role" && role != "":
		return role
	case name == "" || name == "-":
		return strings.ToLower(field.Name[:1]) + field.Name[1:]
	}
	return name
}

// inJSON encodes a value; empty if it is unset and its tag allows to omit it.
func inJSON(field reflect.StructField, v reflect.Value) string {
	tag := field.Tag.Get("json")
	always := tag != "" && tag != "-" && !strings.Contains(tag, ",omit")
	if !always && (v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0) {
		return ""
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v.Interface()); err != nil {
		panic(err) // every field is of a type that has a spelling
	}
	return strings.TrimSuffix(b.String(), "\n")
}
