package model

import "chancery/diplomacy"

// Service describes this subgraph to a federation router.
type Service struct {
	SDL string // the schema, with the directives of federation
}

// EntityKeys returns the fields by which a router may identify an entity of a
// kind; of several that it gives, the first counts.
func EntityKeys(kind diplomacy.Kind) []string {
	switch kind {
	case diplomacy.KindState:
		return []string{"id", "wikidata", "isoAlpha2", "isoAlpha3"}
	case diplomacy.KindSource:
		return []string{"id", "wikidata", "url"}
	}
	return []string{"id", "wikidata"}
}
