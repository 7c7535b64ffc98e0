package arguments

import (
	"chancery/diplomacy"
	"chancery/store"
)

// listOrders are the values of NamedOrder and DatedOrder.
var listOrders = map[any]struct {
	order      store.ListOrder
	descending bool
}{
	"NAME":          {store.ByName, false},
	"NAME_DESC":     {store.ByName, true},
	"OLDEST":        {store.ByDate, false},
	"NEWEST":        {store.ByDate, true},
	"RECORDED":      {store.ByID, false},
	"RECORDED_DESC": {store.ByID, true},
}

// ReadList decodes the arguments of a field that lists all entities of a kind. At a
// time, it lists those that had begun by then. The events of participants are looked up.
func ReadList(kind diplomacy.Kind, raw map[string]any, defaultTime diplomacy.Time, events Events) (store.ListQuery, error) {
	page, err := Page(raw)
	if err != nil {
		return store.ListQuery{}, err
	}
	where, _ := raw["where"].(map[string]any)
	filter, err := (&listFilters{events: events}).filter("where", where, 0)
	if err != nil {
		return store.ListQuery{}, err
	}
	asOf, err := asOf(raw, defaultTime)
	if err != nil {
		return store.ListQuery{}, err
	}
	for i := range asOf {
		asOf[i].Undated = true // it is no question about the date of each entity
	}
	filter.Times = append(filter.Times, asOf...)
	order := listOrders[raw["orderBy"]]
	return store.ListQuery{Kind: kind, Order: order.order, Descending: order.descending, Where: filter, Page: page}, nil
}
