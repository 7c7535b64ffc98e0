package arguments

import (
	"time"

	"chancery/diplomacy"
	"chancery/feed"
	"chancery/graph/model"
	"chancery/store"
)

// TransactionFilter converts the argument touching, as the executor has decoded it; the
// entities that it names were looked up. An empty list, like none, tests nothing.
func TransactionFilter(touching map[string]any, entities []diplomacy.ID) feed.Filter {
	types, _ := touching["types"].([]diplomacy.Term)
	filter := feed.Filter{Entities: Kinds(types), Records: entities}
	filter.Predicates, _ = touching["predicates"].([]diplomacy.Kind)
	return filter
}

// Transactions are the arguments of the list of transactions.
type Transactions struct {
	Page     store.Page
	From     time.Time // the first instant of commits; zero for no bound
	Until    time.Time // the last one; zero for no bound
	Authors  []string  // empty for all
	Touching feed.Filter
}

// Searches reports whether the arguments test more than the time.
func (t *Transactions) Searches() bool { return len(t.Authors) > 0 || !t.Touching.IsZero() }

// ReadTransactions decodes the arguments of the list of transactions, except for references
// to records, which must be looked up first.
func ReadTransactions(raw map[string]any) (*Transactions, error) {
	t := &Transactions{}
	var err error
	if t.Page, err = Page(raw); err != nil {
		return nil, err
	}
	where, _ := raw["where"].(map[string]any)
	for _, author := range model.Elements(where["author"]) {
		name, _ := author.(string)
		t.Authors = append(t.Authors, name)
	}
	given, _ := where["time"].(map[string]any)
	if err := t.readTime(given); err != nil {
		return nil, err
	}
	touching, _ := where["touching"].(map[string]any)
	t.Touching = touched(touching)
	return t, nil
}

// readTime decodes a MomentFilter.
func (t *Transactions) readTime(given map[string]any) error {
	for _, name := range []string{"within", "after", "before"} {
		text, ok := given[name].(string)
		if !ok {
			continue
		}
		m, err := model.ParseMoment(text)
		if err != nil {
			return model.BadInput("where.time.%s: %v", name, err)
		}
		switch name {
		case "within":
			t.begin(m.First)
			t.end(m.Last)
		case "after":
			t.begin(m.Last.Add(1))
		case "before":
			t.end(m.First.Add(-1))
		}
	}
	return nil
}

func (t *Transactions) begin(at time.Time) {
	if at.After(t.From) {
		t.From = at
	}
}

func (t *Transactions) end(at time.Time) {
	if t.Until.IsZero() || at.Before(t.Until) {
		t.Until = at
	}
}

// touched decodes a TransactionFilter of the document, except for its references to records.
func touched(given map[string]any) feed.Filter {
	filter := feed.Filter{Entities: Kinds(Terms(given["types"]))}
	for _, name := range Terms(given["predicates"]) {
		predicate, _ := diplomacy.ParsePredicate(string(name)) // validation has checked the enum
		filter.Predicates = append(filter.Predicates, predicate)
	}
	return filter
}
