// Package reference reads how requests name records, and finds the records.
package reference

import (
	"fmt"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
)

// Ref names a record: a global id, Type/slug as in Person/elmar-mammadyarov,
// scheme:value of an identifier, or the label of a record of the same commit,
// which begins with _: as blank nodes do in RDF.
type Ref string

// Address is the label, key or id by which a reference names a record.
type Address struct {
	Label bool
	Key   store.Key // its kind is KindNone for identifiers
	ID    diplomacy.ID
}

// Address parses a reference. A type's name has no colon and a scheme no slash, so the
// first of these characters distinguishes the two.
func (r Ref) Address() (Address, error) {
	text := string(r)
	if r.IsLabel() {
		return Address{Label: true}, nil
	}
	if name, slug, found := strings.Cut(text, "/"); found {
		if kind, ok := diplomacy.ParseKind(name); ok && kind.IsEntity() {
			return Address{Key: store.Key{Kind: kind, Scheme: store.SchemeSlug, Value: slug}}, nil
		}
	}
	if i, err := diplomacy.ParseIdentifier(text); err == nil && i.Scheme != store.SchemeSlug {
		return Address{Key: store.Key{Scheme: i.Scheme, Value: i.Value}}, nil
	}
	id, err := diplomacy.ParseID(text)
	if err != nil {
		return Address{}, fmt.Errorf("%s is not a reference: want an id, Type/slug, scheme:value, or a label of the same commit such as _:a", diplomacy.Shorten(text))
	}
	return Address{ID: id}, nil
}

// Parse is Address for requests that make no records: labels are an error.
func (r Ref) Parse() (Address, error) {
	a, err := r.Address()
	if err != nil || a.Label {
		return Address{}, fmt.Errorf("%s is not a reference: want an id, Type/slug or scheme:value", diplomacy.Shorten(string(r)))
	}
	return a, nil
}

// IsLabel reports whether the reference is to a record of the same commit.
func (r Ref) IsLabel() bool { return strings.HasPrefix(string(r), "_:") }

// Kind returns that of the record, as far as the reference shows it.
func (a Address) Kind() diplomacy.Kind {
	if a.ID != 0 {
		return a.ID.Kind()
	}
	return a.Key.Kind
}
