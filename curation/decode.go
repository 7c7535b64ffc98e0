package curation

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"chancery/diplomacy"

	"github.com/shopspring/decimal"
)

// slot is a field of a record that names another.
type slot struct {
	field string
	id    *diplomacy.ID
	ref   Ref
}

// decoder fills a record from the fields given for it, and notes all that does not
// fit.
type decoder struct {
	slots []slot
	fault func(path []string, format string, args ...any)
}

// record sets the fields given and leaves the others.
func (d *decoder) record(r diplomacy.Record, fields Fields) {
	known, v := memberOf[r.Kind()], reflect.ValueOf(r).Elem()
	for _, name := range names(fields) {
		switch m, ok := known[name]; {
		case ok && m.ref:
			d.reference(name, v.FieldByIndex(m.index), fields[name])
		case ok:
			d.value([]string{name}, v.FieldByIndex(m.index), fields[name])
		case name == mainName && r.Kind().IsEntity():
			d.mainName(r.(diplomacy.Entity).Base(), fields)
		default:
			fields := names(known)
			if r.Kind().IsEntity() {
				fields = append(fields, mainName)
			}
			d.unknown([]string{name}, r.Kind().String(), fields)
		}
	}
}

func (d *decoder) unknown(path []string, of string, known []string) {
	name := path[len(path)-1]
	if meant := nearest(name, known); meant != "" {
		d.fault(path, "%s is no field of %s; is %s meant?", diplomacy.Shorten(name), of, meant)
		return
	}
	d.fault(path, "%s is no field of %s; it has %s", diplomacy.Shorten(name), of, strings.Join(known, ", "))
}

func (d *decoder) reference(name string, into reflect.Value, given any) {
	id := into.Addr().Interface().(*diplomacy.ID)
	switch text, ok := given.(string); {
	case given == nil:
		*id = 0
	case !ok:
		d.mismatch([]string{name}, given, "a string")
	default:
		d.slots = append(d.slots, slot{name, id, Ref(text)})
	}
}

// mainName sets the value of the first name and leaves its language and kind.
func (d *decoder) mainName(t *diplomacy.Thing, fields Fields) {
	if fields["names"] != nil {
		d.fault([]string{mainName}, "stands for the first of names; give one of the two")
		return
	}
	t.Names = append([]diplomacy.Name(nil), t.Names...) // those of the version before are shared
	switch text, ok := fields[mainName].(string); {
	case fields[mainName] == nil:
		t.Names = t.Names[min(1, len(t.Names)):]
	case !ok:
		d.mismatch([]string{mainName}, fields[mainName], "a string")
	case len(t.Names) == 0:
		t.Names = []diplomacy.Name{{Value: text}}
	default:
		t.Names[0].Value = text
	}
}

// value decodes by the type of what is to hold the value; nil takes it away.
func (d *decoder) value(path []string, into reflect.Value, given any) {
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

func (d *decoder) scalar(path []string, into reflect.Value, given any) {
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

func (d *decoder) list(path []string, into reflect.Value, given any) {
	list, ok := given.([]any)
	if !ok {
		d.mismatch(path, given, "a list")
		return
	}
	into.Set(reflect.MakeSlice(into.Type(), len(list), len(list)))
	for i, element := range list {
		at := append(slices.Clip(path), strconv.Itoa(i))
		if element == nil {
			d.fault(at, "is null; leave it out")
			continue
		}
		d.value(at, into.Index(i), element)
	}
}

func (d *decoder) object(path []string, into reflect.Value, given any) {
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
	for _, name := range names(object) {
		at := append(slices.Clip(path), name)
		if value, ok := known[name]; ok {
			d.value(at, value, object[name])
		} else {
			d.unknown(at, path[0], names(known))
		}
	}
}

// mostDigits bounds an amount before it is read: the time to read one grows with
// the square of its length.
const mostDigits = 100

func (d *decoder) amount(path []string, into *decimal.Decimal, given any) {
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
		d.fault(path, "%s is not a decimal number of at most %d characters", diplomacy.Shorten(text), mostDigits)
		return
	}
	*into = amount
}

// decodeText parses a string.
func decodeText[V any](d *decoder, path []string, into *V, given any, parse func(string) (V, error)) {
	text, ok := given.(string)
	if !ok {
		d.mismatch(path, given, "a string")
		return
	}
	value, err := parse(text)
	if err != nil {
		d.fault(path, "%v", err)
		return
	}
	*into = value
}

func (d *decoder) mismatch(path []string, given any, want string) {
	d.fault(path, "is %s; want %s", sortOf(given), want)
}

// number spells a number as whoever decoded it left it.
func number(given any) (string, bool) {
	switch n := given.(type) {
	case json.Number:
		return n.String(), true
	case int, int32, int64, uint32, uint64, float64:
		return fmt.Sprint(n), true
	}
	return "", false
}

// sortOf is what sort of value was given, in the words of JSON.
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
	return "no value of JSON"
}
