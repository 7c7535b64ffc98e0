package exchange

import (
	"fmt"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
)

// reference names an entity in a file: by a key (Type/slug or scheme:value) or
// by its id. The zero reference names nothing.
type reference struct {
	key store.Key
	id  diplomacy.ID
}

func slugReference(kind diplomacy.Kind, slug string) reference {
	return reference{key: store.Key{Kind: kind, Scheme: store.SchemeSlug, Value: slug}}
}

func identifierReference(i diplomacy.Identifier) reference {
	return reference{key: store.Key{Scheme: i.Scheme, Value: i.Value}}
}

// UnmarshalText parses a reference. The name of a type contains no colon and a scheme
// no slash, so the first of these decides.
func (r *reference) UnmarshalText(text []byte) error {
	value := string(text)
	name, slug, found := strings.Cut(value, "/")
	if kind, ok := diplomacy.ParseKind(name); found && ok && kind.IsEntity() {
		*r = slugReference(kind, slug)
		return nil
	}
	if identifier, err := diplomacy.ParseIdentifier(value); err == nil {
		*r = identifierReference(identifier)
		return nil
	}
	id, err := diplomacy.ParseID(value)
	if err != nil {
		return fmt.Errorf("%s is not a reference: want Type/slug, scheme:value or an id", diplomacy.Shorten(value))
	}
	*r = reference{id: id}
	return nil
}

// MarshalText encodes the reference as String does.
func (r reference) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// String returns the reference as in files.
func (r reference) String() string {
	switch {
	case r.key.Kind != diplomacy.KindNone:
		return r.key.Kind.String() + "/" + r.key.Value
	case r.key.Scheme != "":
		return r.key.Scheme + ":" + r.key.Value
	}
	return r.id.String()
}
