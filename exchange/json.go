package exchange

import (
	"encoding"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"unicode"

	"chancery/diplomacy"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"
	"github.com/shopspring/decimal"
)

// The library is the standard library's encoding/json/v2 for releases of Go
// that lack it. Unlike the first encoding/json it refuses repeated keys and
// invalid UTF-8, takes keys by their exact case, and says where in a value an
// error is.
var (
	strict = json.JoinOptions(json.RejectUnknownMembers(true), json.WithUnmarshalers(json.UnmarshalFunc(readAmount)))
	plain  = jsonv1.OmitEmptyWithLegacySemantics(true)
)

// mostDigits bounds an amount before it is read: the time to read one grows
// with the square of its length.
const mostDigits = 100

func readAmount(text []byte, amount *decimal.Decimal) (err error) {
	if len(text) > mostDigits {
		return fmt.Errorf("has %d characters; at most %d are read", len(text), mostDigits)
	}
	digits := strings.Trim(string(text), `"`)
	if *amount, err = decimal.NewFromString(digits); err != nil {
		return fmt.Errorf("%s is not a decimal number", diplomacy.Shorten(digits))
	}
	return nil
}

// errNull is the error for null.
var errNull = errors.New("null is not allowed; leave the key out")

// checkSyntax reads one JSON object to its end and rejects null in it, which decoding
// would treat as an empty value.
func checkSyntax(text []byte) error {
	dec := jsontext.NewDecoder(strings.NewReader(string(text)))
	for {
		token, err := dec.ReadToken()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case token.Kind() == 'n':
			return &json.SemanticError{JSONPointer: dec.StackPointer(), Err: errNull}
		}
	}
}

// explain returns the field of a decoding error and a message for its reason.
func explain(err error) (field, reason string) {
	var syntactic *jsontext.SyntacticError
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName) && errors.As(err, &syntactic):
		return path(syntactic.JSONPointer), "is given twice"
	case errors.As(err, &syntactic):
		return path(syntactic.JSONPointer), fmt.Sprintf("%v, at byte %d", syntactic.Err, syntactic.ByteOffset+1)
	}
	var semantic *json.SemanticError
	if !errors.As(err, &semantic) {
		return "", err.Error()
	}
	return path(semantic.JSONPointer), meaning(semantic)
}

// meaning returns why a value is not valid for its key.
func meaning(err *json.SemanticError) string {
	want := wanted(err.GoType)
	switch {
	case errors.Is(err.Err, json.ErrUnknownName):
		return "is not a key of this type"
	case err.Err == nil, want == "a whole number", want == "a string" && err.JSONKind != '"':
		return fmt.Sprintf("is %s; want %s", kindNames[err.JSONKind], want)
	}
	return err.Err.Error()
}

// deepest is one more than the depth of any valid value.
const deepest = 5

// path spells a JSON Pointer as fields are spelled: names[2].value.
func path(pointer jsontext.Pointer) string {
	var b strings.Builder
	depth := 0
	for token := range pointer.Tokens() {
		switch depth++; {
		case depth > deepest:
			return b.String() + "…"
		case token != "" && strings.Trim(token, "0123456789") == "":
			b.WriteString("[" + token + "]")
		case b.Len() > 0:
			b.WriteString("." + key(token))
		default:
			b.WriteString(key(token))
		}
	}
	return b.String()
}

// key returns a key unchanged if it looks like a known one, else quoted.
func key(token string) string {
	if token == "" || len(token) > 40 || strings.ContainsFunc(token, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		return diplomacy.Shorten(token)
	}
	return token
}

var kindNames = map[jsontext.Kind]string{
	'"': "a string", '0': "a number", '{': "an object", '[': "a list", 't': "true", 'f': "false",
}

// wanted names the JSON value for a Go type; empty if there is none.
func wanted(t reflect.Type) string {
	if t == nil || t == reflect.TypeFor[decimal.Decimal]() {
		return ""
	}
	if t.Kind() == reflect.String || reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) {
		return "a string"
	}
	switch t.Kind() {
	case reflect.Slice:
		return "a list"
	case reflect.Bool:
		return "true or false"
	case reflect.Int:
		return "a whole number"
	}
	return "an object"
}
