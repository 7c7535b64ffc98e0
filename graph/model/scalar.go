package model

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"time"

	"chancery/diplomacy"

	"github.com/99designs/gqlgen/graphql"
	"github.com/shopspring/decimal"
)

// The scalars of the schema, each as the pair of functions gqlgen looks for.
// The zero value of each is written as null: records leave unset what is not
// known.

// MarshalID writes a global id.
func MarshalID(id diplomacy.ID) graphql.Marshaler { return quoted(id.String()) }

// UnmarshalID reads a global id. One that is well-formed for no record of ours
// is read as the zero ID, which names nothing: clients may keep ids for ever.
func UnmarshalID(v any) (diplomacy.ID, error) {
	text, err := graphql.UnmarshalID(v)
	if err != nil {
		return 0, err
	}
	id, err := diplomacy.ParseID(text)
	if err != nil {
		return 0, nil //nolint:nilerr // an unknown id is an absent record, not a fault
	}
	return id, nil
}

// MarshalString writes a text.
func MarshalString(s string) graphql.Marshaler {
	if s == "" {
		return graphql.Null
	}
	return graphql.MarshalString(s)
}

// UnmarshalString reads a text.
func UnmarshalString(v any) (string, error) { return graphql.UnmarshalString(v) }

// text is what the scalars below are written as.
func text(v any) (string, error) {
	given, err := graphql.UnmarshalString(v)
	if err != nil {
		return "", badInput("want a text")
	}
	return given, nil
}

// LanguageTag is a canonical BCP 47 tag.
type LanguageTag = string

// MarshalLanguageTag writes a language tag.
func MarshalLanguageTag(tag LanguageTag) graphql.Marshaler { return MarshalString(tag) }

// UnmarshalLanguageTag reads a language tag and spells it canonically.
func UnmarshalLanguageTag(v any) (LanguageTag, error) {
	given, err := text(v)
	if err != nil {
		return "", err
	}
	tag, err := diplomacy.CanonicalLanguage(given)
	if err != nil {
		return "", badInput("%v", err)
	}
	return tag, nil
}

// MarshalTerm writes a term of a controlled list.
func MarshalTerm(t diplomacy.Term) graphql.Marshaler { return quoted(string(t)) }

// UnmarshalTerm reads a term; that it is of its list was seen by validation.
func UnmarshalTerm(v any) (diplomacy.Term, error) {
	given, err := text(v)
	return diplomacy.Term(given), err
}

// MarshalMatch writes the kind of an answer to a question about time.
func MarshalMatch(m diplomacy.Match) graphql.Marshaler { return quoted(string(m)) }

// UnmarshalMatch reads the kind of answer wanted.
func UnmarshalMatch(v any) (diplomacy.Match, error) {
	given, err := text(v)
	return diplomacy.Match(given), err
}

// MarshalPredicate writes the name of a predicate.
func MarshalPredicate(k diplomacy.Kind) graphql.Marshaler {
	rule := diplomacy.RuleOf(k)
	if rule == nil {
		return graphql.Null
	}
	return quoted(rule.Name)
}

// UnmarshalPredicate reads the name of a predicate.
func UnmarshalPredicate(v any) (diplomacy.Kind, error) {
	given, err := text(v)
	if err != nil {
		return 0, err
	}
	kind, ok := diplomacy.ParsePredicate(given)
	if !ok {
		return 0, badInput("%s is no predicate", diplomacy.Shorten(given))
	}
	return kind, nil
}

// MarshalEDTF writes a time as it was given.
func MarshalEDTF(t diplomacy.Time) graphql.Marshaler { return quoted(t.String()) }

// UnmarshalEDTF reads a time.
func UnmarshalEDTF(v any) (diplomacy.Time, error) {
	given, err := text(v)
	if err != nil {
		return diplomacy.Time{}, err
	}
	t, err := diplomacy.ParseTime(given)
	if err != nil {
		return diplomacy.Time{}, badInput("%v", err)
	}
	return t, nil
}

// MarshalDecimal writes an exact number.
func MarshalDecimal(d decimal.Decimal) graphql.Marshaler { return quoted(d.String()) }

// UnmarshalDecimal reads an exact number.
func UnmarshalDecimal(v any) (decimal.Decimal, error) {
	given, err := text(v)
	if err != nil {
		return decimal.Decimal{}, err
	}
	d, err := decimal.NewFromString(given)
	if err != nil {
		return d, badInput("%s is not a number", diplomacy.Shorten(given))
	}
	return d, nil
}

// MarshalDateTime writes a moment in UTC.
func MarshalDateTime(t time.Time) graphql.Marshaler {
	return quoted(t.UTC().Format(time.RFC3339Nano))
}

// UnmarshalDateTime reads a moment.
func UnmarshalDateTime(v any) (time.Time, error) {
	given, err := text(v)
	if err != nil {
		return time.Time{}, err
	}
	t, err := time.Parse(time.RFC3339Nano, given)
	if err != nil {
		return t, badInput("%s is not a moment, such as 2020-04-27T10:00:00Z", diplomacy.Shorten(given))
	}
	return t, nil
}

// MarshalTxNumber writes the number of a transaction.
func MarshalTxNumber(n diplomacy.TxNumber) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, strconv.FormatUint(uint64(n), 10)) })
}

// UnmarshalTxNumber reads the number of a transaction.
func UnmarshalTxNumber(v any) (diplomacy.TxNumber, error) {
	n, err := graphql.UnmarshalInt64(v)
	if err != nil {
		return 0, err
	}
	if n < 0 || n > math.MaxInt32 {
		return 0, badInput("%d is no transaction: they are counted from 1", n)
	}
	return diplomacy.TxNumber(n), nil
}

// quoted writes a text that needs no escaping: ids, terms, times and numbers
// are plain ASCII.
func quoted(text string) graphql.Marshaler {
	if text == "" {
		return graphql.Null
	}
	return plain(text)
}

type plain string

// MarshalGQL writes the text in quotation marks.
func (p plain) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, `"`+string(p)+`"`) }

// integer reads a JSON or GraphQL integer as gqlgen leaves it in a map.
func integer(v any) (int, error) {
	switch n := v.(type) {
	case int64:
		return int(n), nil
	case int:
		return n, nil
	case json.Number:
		i, err := strconv.ParseInt(n.String(), 10, 32)
		return int(i), err
	}
	return 0, fmt.Errorf("%v is not an integer", v)
}
