package duplicates

import (
	"strings"

	"chancery/diplomacy"
)

// sharedIdentifiers finds entities of one kind whose identifiers say the same.
func (s *search) sharedIdentifiers() error {
	for _, kind := range diplomacy.EntityKinds {
		first := map[diplomacy.Identifier]spelling{}
		for page, err := range s.entities(kind) {
			if err != nil {
				return err
			}
			for _, e := range page {
				s.compareIdentifiers(e, first)
			}
		}
	}
	return nil
}

// compareIdentifiers compares an entity's identifiers with the first spelling of
// each that was seen.
func (s *search) compareIdentifiers(e diplomacy.Entity, first map[diplomacy.Identifier]spelling) {
	for _, i := range e.Base().Identifiers {
		folded := foldIdentifier(i)
		other, seen := first[folded]
		if !seen {
			first[folded] = spelling{e.Base().ID, i.Value}
			continue
		}
		s.add(other.of, e.Base().ID, "SHARED_IDENTIFIER", "both have the %s identifier %s, written %s and %s",
			i.Scheme, folded.Value, diplomacy.Shorten(other.value), diplomacy.Shorten(i.Value))
	}
}

// spelling is how an entity writes an identifier.
type spelling struct {
	of    diplomacy.ID
	value string
}

// foldIdentifier drops the differences that do not change which thing an identifier
// names: case, spaces, and a web address in front of it.
func foldIdentifier(i diplomacy.Identifier) diplomacy.Identifier {
	value := strings.ToLower(strings.Join(strings.Fields(i.Value), ""))
	if _, rest, ok := strings.Cut(value, "://"); ok {
		value = strings.TrimPrefix(rest, "www.")
	}
	value, _, _ = strings.Cut(value, "#")
	value = strings.TrimRight(value, "/")
	if _, rest, ok := strings.Cut(value, "/"); ok && i.Scheme == diplomacy.SchemeWikidata {
		value = rest[strings.LastIndexByte(rest, '/')+1:]
	}
	return diplomacy.Identifier{Scheme: i.Scheme, Value: value}
}
