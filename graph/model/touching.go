package model

import (
	"chancery/diplomacy"
	"chancery/feed"
)

// TransactionFilter reads which transactions are meant. An empty list, like one not
// given, tests nothing.
func TransactionFilter(touching map[string]any) feed.Filter {
	types, _ := touching["types"].([]diplomacy.Term)
	filter := feed.Filter{Entities: kindsOf(types)}
	filter.Records, _ = touching["entities"].([]diplomacy.ID)
	filter.Predicates, _ = touching["predicates"].([]diplomacy.Kind)
	return filter
}
