package fields

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"chancery/curation/reference"
	"chancery/diplomacy"

	"github.com/agnivade/levenshtein"
	"github.com/shopspring/decimal"
)

// Slot is a field of a record that refers to another, and the reference that was given
// for it, which is still to be looked up.
type Slot struct {
	Field string
	ID    *diplomacy.ID
	Ref   reference.Ref
}

// Decoder fills a record from the fields given for it.
type Decoder struct {
	// Fault is called for each value that does not fit, with the path of the value.
	Fault func(path []string, format string, args ...any)
	// Slots are the references of the record that was decoded.
	Slots []Slot
}

// Decode sets the fields given and leaves the others.
func (d *Decoder) Decode(r diplomacy.Record, fields map[string]any) {
	known, v := memberOf[r.Kind()], reflect.ValueOf(r).Elem()
	for _, name := range Names(fields) {
		switch m, ok := known[name]; {
		case ok && m.ref != nil:
			d.reference(name, m.ref.In(r), fields[name])
		case ok:
			d.value([]string{name}, v.FieldByIndex(m.index), fields[name])
		case name == MainName && r.Kind().IsEntity():
			d.mainName(r.(diplomacy.Entity).Base(), fields)
		default:
			fields := Names(known)
			if r.Kind().IsEntity() {
				fields = append(fields, MainName)
			}
			d.unknown([]string{name}, r.Kind().String(), fields)
		}
	}
}

func (d *Decoder) unknown(path []string, of string, known []string) {
	name := path[len(path)-1]
	if meant := nearest(name, known); meant != "" {
		d.Fault(path, "%s is not a field of %s; did you mean %s?", diplomacy.Shorten(name), of, meant)
		return
	}
	d.Fault(path, "%s is not a field of %s; it has %s", diplomacy.Shorten(name), of, strings.Join(known, ", "))
}

func (d *Decoder) reference(name string, id *diplomacy.ID, given any) {
	switch text, ok := given.(string); {
	case given == nil:
		*id = 0
	case !ok:
		d.mismatch([]string{name}, given, "a string")
	default:
		d.Slots = append(d.Slots, Slot{name, id, reference.Ref(text)})
	}
}

// mainName sets the value of the first name and leaves its language and kind.
func (d *Decoder) mainName(t *diplomacy.Thing, fields map[string]any) {
	if fields["names"] != nil {
		d.Fault([]string{MainName}, "stands for the first of names; give one of the two")
		return
	}
	t.Names = append([]diplomacy.Name(nil), t.Names...) // those of the version before are shared
	switch text, ok := fields[MainName].(string); {
	case fields[MainName] == nil:
		t.Names = t.Names[min(1, len(t.Names)):]
	case !ok:
		d.mismatch([]string{MainName}, fields[MainName], "a string")
	case len(t.Names) == 0:
		t.Names = []diplomacy.Name{{Value: text}}
	default:
		t.Names[0].Value = text
	}
}

// value decodes by the type of what is to hold the value; nil removes it.
func (d *Decoder) value(path []string, into reflect.Value, given any) {
	if given == nil {
		into.SetZero()
		return
	}
	switch into := into.Addr().Interface().(type) {
	case *diplomacy.Time:
		decodeText(d, path, into, given, diplomacy.ParseTime)
		return
	case *diplomacy.Identifier:
		decodeText(d, path, into, given, diplomacy.ParseIdentifier)
		return
	case *decimal.Decimal:
		d.amount(path, into, given)
		return
	}
	switch into.Kind() {
	case reflect.Slice:
		d.list(path, into, given)
	case reflect.Struct:
		d.object(path, into, given)
	default:
		d.scalar(path, into, given)
	}
}

func (d *Decoder) scalar(path []string, into reflect.Value, given any) {
	switch into.Kind() {
	case reflect.String:
		if text, ok := given.(string); ok {
			into.SetString(text)
			return
		}
		d.mismatch(path, given, "a string")
	case reflect.Bool:
		if b, ok := given.(bool); ok {
			into.SetBool(b)
			return
		}
		d.mismatch(path, given, "true or false")
	default:
		text, ok := number(given)
		if n, err := strconv.ParseInt(text, 10, 32); ok && err == nil {
			into.SetInt(n)
			return
		}
		d.mismatch(path, given, "a whole number")
	}
}

func (d *Decoder) list(path []string, into reflect.Value, given any) {
	list, ok := given.([]any)
	if !ok {
		d.mismatch(path, given, "a list")
		return
	}
	into.Set(reflect.MakeSlice(into.Type(), len(list), len(list)))
	for i, element := range list {
		at := append(slices.Clip(path), strconv.Itoa(i))
		if element == nil {
			d.Fault(at, "is null; leave it out")
			continue
		}
		d.value(at, into.Index(i), element)
	}
}

func (d *Decoder) object(path []string, into reflect.Value, given any) {
	object, ok := given.(map[string]any)
	if !ok {
		d.mismatch(path, given, "an object")
		return
	}
	into.SetZero()
	known := map[string]reflect.Value{}
	for field, value := range into.Fields() {
		known[nameOf(field)] = value
	}
	for _, name := range Names(object) {
		at := append(slices.Clip(path), name)
		if value, ok := known[name]; ok {
			d.value(at, value, object[name])
		} else {
			d.unknown(at, path[0], Names(known))
		}
	}
}

// mostDigits bounds an amount before it is read: the time to read one grows with
// the square of its length.
const mostDigits = 100

func (d *Decoder) amount(path []string, into *decimal.Decimal, given any) {
	text, ok := number(given)
	if s, isString := given.(string); isString {
		text, ok = s, true
	}
	if !ok {
		d.mismatch(path, given, "a decimal number")
		return
	}
	amount, err := decimal.NewFromString(text[:min(len(text), mostDigits)])
	if err != nil || len(text) > mostDigits {
		d.Fault(path, "%s is not a decimal number of at most %d characters", diplomacy.Shorten(text), mostDigits)
		return
	}
	*into = amount
}

// decodeText parses a string.
func decodeText[V any](d *Decoder, path []string, into *V, given any, parse func(string) (V, error)) {
	text, ok := given.(string)
	if !ok {
		d.mismatch(path, given, "a string")
		return
	}
	value, err := parse(text)
	if err != nil {
		d.Fault(path, "%v", err)
		return
	}
	*into = value
}

func (d *Decoder) mismatch(path []string, given any, want string) {
	d.Fault(path, "is %s; want %s", sortOf(given), want)
}

// number returns the text of a number, in any of the types that decoders use.
func number(given any) (string, bool) {
	switch n := given.(type) {
	case json.Number:
		return n.String(), true
	case int, int32, int64, uint32, uint64, float64:
		return fmt.Sprint(n), true
	}
	return "", false
}

// sortOf describes a value in the words of JSON.
func sortOf(given any) string {
	if text, ok := number(given); ok {
		return "the number " + text[:min(len(text), 40)]
	}
	switch given := given.(type) {
	case string:
		return "a string"
	case bool:
		return strconv.FormatBool(given)
	case []any:
		return "a list"
	case map[string]any:
		return "an object"
	}
	return "not a JSON value"
}

// nearest returns the known word that a misspelt one may stand for; empty if none is
// near.
func nearest(word string, known []string) string {
	const longest = 40 // longer ones are not typing errors, but cost time
	best, distance := "", min(3, len(word)/2)+1
	if len(word) > longest {
		return ""
	}
	for _, k := range known {
		if n := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(k)); n < distance {
			best, distance = k, n
		}
	}
	return best
}
