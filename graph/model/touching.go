package model

import (
	"slices"

	"chancery/diplomacy"
	"chancery/feed"
)

// TransactionFilter reads which transactions are meant. An empty list, like one not
// given, tests nothing. What is no global id is refused, since whoever waited for
// it would wait for ever.
func TransactionFilter(touching map[string]any) (feed.Filter, error) {
	types, _ := touching["types"].([]diplomacy.Term)
	filter := feed.Filter{Entities: kindsOf(types)}
	filter.Records, _ = touching["entities"].([]diplomacy.ID)
	filter.Predicates, _ = touching["predicates"].([]diplomacy.Kind)
	if i := slices.Index(filter.Records, 0); i >= 0 {
		return feed.Filter{}, badInput("touching.entities[%d] is no global id; look it up first", i)
	}
	return filter, nil
}
