package model

import (
	"io"

	"chancery/diplomacy"

	"github.com/99designs/gqlgen/graphql"
)

// The scalars of the schema, each as the pair of functions that gqlgen looks for.
// Their zero values are written as null, since records leave unknown values unset.

// MarshalID writes a global id.
func MarshalID(id diplomacy.ID) graphql.Marshaler { return quoted(id.String()) }

// UnmarshalID reads a global id. A malformed one is read as the zero ID, which
// identifies no record: clients keep ids longer than releases last.
func UnmarshalID(v any) (diplomacy.ID, error) {
	text, err := graphql.UnmarshalID(v)
	if err != nil {
		return 0, err
	}
	id, err := diplomacy.ParseID(text)
	if err != nil {
		return 0, nil //nolint:nilerr // an unknown id is an absent record, not an error
	}
	return id, nil
}

// MarshalString writes a string.
func MarshalString(s string) graphql.Marshaler {
	if s == "" {
		return graphql.Null
	}
	return graphql.MarshalString(s)
}

// UnmarshalString reads a string.
func UnmarshalString(v any) (string, error) { return graphql.UnmarshalString(v) }

// text reads the string in which the scalars below are written.
func text(v any) (string, error) {
	given, err := graphql.UnmarshalString(v)
	if err != nil {
		return "", BadInput("want a text")
	}
	return given, nil
}

// LanguageTag is a canonical BCP 47 tag.
type LanguageTag = string

// MarshalLanguageTag writes a language tag.
func MarshalLanguageTag(tag LanguageTag) graphql.Marshaler { return MarshalString(tag) }

// UnmarshalLanguageTag reads a language tag and returns its canonical form.
func UnmarshalLanguageTag(v any) (LanguageTag, error) {
	given, err := text(v)
	if err != nil {
		return "", err
	}
	tag, err := diplomacy.CanonicalLanguage(given)
	if err != nil {
		return "", BadInput("%v", err)
	}
	return tag, nil
}

// MarshalTerm writes a term of a controlled list.
func MarshalTerm(t diplomacy.Term) graphql.Marshaler { return quoted(string(t)) }

// UnmarshalTerm reads a term. Validation has checked that its list has it.
func UnmarshalTerm(v any) (diplomacy.Term, error) {
	given, err := text(v)
	return diplomacy.Term(given), err
}

// MarshalMatch writes how certain an answer about a time is.
func MarshalMatch(m diplomacy.Match) graphql.Marshaler { return quoted(string(m)) }

// UnmarshalMatch reads how certain an answer about a time must be.
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
		return 0, BadInput("%s is no predicate", diplomacy.Shorten(given))
	}
	return kind, nil
}

// quoted writes a string that needs no escaping: ids, terms, times and numbers
// are plain ASCII.
func quoted(text string) graphql.Marshaler {
	if text == "" {
		return graphql.Null
	}
	return plain(text)
}

// plain is a string without characters that JSON escapes.
type plain string

// MarshalGQL writes the string in quotation marks.
func (p plain) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, `"`+string(p)+`"`) }
