package curation

import (
	"context"
	"fmt"
	"slices"

	"chancery/curation/findings"
	"chancery/curation/slug"
	"chancery/diplomacy"
	"chancery/store"
)

// Warning is a doubt that a request causes. It does not keep the request from being
// carried out.
type Warning struct {
	// Rule is the one that found it; nil for a new entity that may be a duplicate.
	Rule *findings.Rule
	// Severity is ERROR or WARNING, as of rules.
	Severity diplomacy.Term
	// Message says what is doubtful, Suggestion what to change.
	Message, Suggestion string
	// Records are those concerned, without those that a dry run would make.
	Records []diplomacy.ID
	// Change is the index of the change that wrote one of the records; -1 for none.
	Change int
}

// MaxWarnings is how many warnings a request gets.
const MaxWarnings = 100

// Warnings are the doubts that a request causes.
type Warnings struct {
	List []Warning
	// Complete says that everything around the records written was examined, and that
	// all of it is in the List.
	Complete bool
}

// consequences are what a request leaves doubtful, before what was doubtful already is
// left out.
type consequences struct {
	*findings.Consequences
	outcomes  []Outcome
	namesakes []Warning
}

// consequencesOf examines the graph after a request; more are records beside the outcomes.
func consequencesOf(ctx context.Context, after store.Reader, outcomes []Outcome, more ...diplomacy.ID) (c consequences, err error) {
	changed := more
	for _, o := range outcomes {
		if o.Action != "" {
			changed = append(changed, o.ID)
		}
	}
	c.outcomes = slices.Clone(outcomes)
	if c.Consequences, err = findings.ExamineChanges(ctx, after, changed); err != nil {
		return c, err
	}
	c.namesakes, err = namesakes(ctx, after, outcomes)
	return c, err
}

// warningsSince returns what was not doubtful in a state; zero is the present one. An error
// is no reason to report a transaction as failed: then the warnings are incomplete.
func (c consequences) warningsSince(ctx context.Context, s store.Store, before diplomacy.TxNumber) *Warnings {
	snapshot, err := s.Read(ctx, store.View{Known: before})
	if err != nil {
		return &Warnings{}
	}
	defer snapshot.Release()
	return c.warnings(ctx, snapshot)
}

// warnings returns what was not doubtful before; nil is an empty graph.
func (c consequences) warnings(ctx context.Context, before store.Reader) *Warnings {
	found, err := c.Caused(ctx, before)
	if err != nil {
		return &Warnings{}
	}
	at := map[diplomacy.ID]int{}
	for i, o := range c.outcomes {
		at[o.ID] = i
	}
	w := &Warnings{Complete: c.Complete}
	for _, f := range found {
		w.List = append(w.List, Warning{Rule: f.Rule, Severity: f.Rule.Severity, Message: f.Message, Suggestion: f.Rule.Suggestion, Records: f.Records, Change: firstOf(f.Records, at)})
	}
	w.List = append(w.List, c.namesakes...)
	if len(w.List) > MaxWarnings {
		w.List, w.Complete = w.List[:MaxWarnings], false
	}
	return w
}

// firstOf returns the index of the first record that has one; -1 for none.
func firstOf(records []diplomacy.ID, at map[diplomacy.ID]int) int {
	for _, id := range records {
		if i, ok := at[id]; ok {
			return i
		}
	}
	return -1
}

// unnamed are kinds of entities of which many have one name.
var unnamed = []diplomacy.Kind{diplomacy.KindOffice, diplomacy.KindObservation}

// namesakes warns of new entities whose main name, and of events also the day, another
// entity has. It finds those by the slug that the name implies, all in one call.
func namesakes(ctx context.Context, r store.Reader, outcomes []Outcome) ([]Warning, error) {
	var created []diplomacy.ID
	index := map[diplomacy.ID]int{}
	for i, o := range outcomes {
		if o.Action == "CREATED" && o.Kind.IsEntity() && !slices.Contains(unnamed, o.Kind) {
			created, index[o.ID] = append(created, o.ID), i
		}
	}
	entities, err := r.Records(ctx, created)
	if err != nil || len(created) == 0 {
		return nil, err
	}
	keys := make([]store.Key, len(created))
	for i, record := range entities {
		if e, ok := record.(diplomacy.Entity); ok {
			keys[i] = store.Key{Kind: e.Kind(), Scheme: store.SchemeSlug, Value: slug.Plain(e)}
		}
	}
	found, err := r.Find(ctx, keys)
	if err != nil {
		return nil, err
	}
	others, err := r.Records(ctx, found)
	if err != nil {
		return nil, err
	}
	var warnings []Warning
	for i, other := range others {
		a, known := entities[i].(diplomacy.Entity)
		b, ok := other.(diplomacy.Entity)
		if !known || !ok || a.Base().ID == b.Base().ID || !sameMainName(a, b) {
			continue
		}
		warnings = append(warnings, Warning{
			Severity: "WARNING", Records: []diplomacy.ID{a.Base().ID, b.Base().ID}, Change: index[created[i]],
			Message:    fmt.Sprintf("%s has the name of %s, which exists.", diplomacy.Shorten(a.Base().Names[0].Value), b.Base().ID),
			Suggestion: "Use the existing entity if it is the same; else judge them DIFFERENT.",
		})
	}
	return warnings, nil
}

func sameMainName(a, b diplomacy.Entity) bool {
	m, n := a.Base().Names, b.Base().Names
	return len(m) > 0 && len(n) > 0 && store.FoldName(m[0].Value) == store.FoldName(n[0].Value)
}

// warnCommitted returns what a transaction caused.
func warnCommitted(ctx context.Context, s store.Store, number diplomacy.TxNumber, outcomes []Outcome, more ...diplomacy.ID) *Warnings {
	if number == 0 {
		return &Warnings{Complete: true}
	}
	after, err := s.Read(ctx, store.View{Known: number})
	if err != nil {
		return &Warnings{}
	}
	defer after.Release()
	c, err := consequencesOf(ctx, after, outcomes, more...)
	switch {
	case err != nil:
		return &Warnings{}
	case number == 1:
		return c.warnings(ctx, nil)
	}
	return c.warningsSince(ctx, s, number-1)
}

// withoutNew removes the records that a dry run would make from its warnings.
func (w *Warnings) withoutNew(outcomes []Outcome) *Warnings {
	created := map[diplomacy.ID]bool{}
	for _, o := range outcomes {
		created[o.ID] = o.Action == "CREATED"
	}
	for i := range w.List {
		w.List[i].Records = slices.DeleteFunc(slices.Clone(w.List[i].Records), func(id diplomacy.ID) bool { return created[id] })
	}
	return w
}
