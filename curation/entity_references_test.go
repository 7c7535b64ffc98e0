package curation_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"chancery/curation"
	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest"
)

// TestReferencesOfEntities commits, closes and reverts entities that refer to
// others, for each field of the table in which entities do.
func TestReferencesOfEntities(t *testing.T) {
	for _, kind := range diplomacy.EntityKinds {
		for _, field := range diplomacy.ReferenceFields(kind) {
			t.Run(fmt.Sprint(kind, ".", field.Name), func(t *testing.T) {
				e := entityReference{t, storetest.NewModel(time.Now), kind, field}
				e.commit()
				e.close()
				e.revert()
			})
		}
	}
}

type entityReference struct {
	*testing.T
	store store.Store
	kind  diplomacy.Kind
	field diplomacy.ReferenceField
}

// newEntity makes a new entity of a kind, with its label as its name.
func newEntity(kind diplomacy.Kind, label string) curation.Change {
	fields := curation.Fields{"name": label}
	if terms := diplomacy.FacetTerms(kind, diplomacy.FacetKind); len(terms) > 0 {
		fields["kind"] = string(terms[0])
	}
	return curation.Change{Path: []string{label}, Kind: kind, Label: "_:" + label, Fields: fields}
}

// referring makes the referring entity, with what it refers to.
func (e entityReference) referring(label string, to curation.Ref) curation.Change {
	c := newEntity(e.kind, label)
	c.Fields[e.field.Name] = string(to)
	return c
}

// try commits changes and returns the codes and paths of the problems.
func (e entityReference) try(changes ...curation.Change) (curation.Result, []string) {
	e.Helper()
	result, err := curation.Commit(context.Background(), e.store, curation.Request{Author: "test", Changes: changes})
	refused, ok := errors.AsType[*curation.Refused](err)
	if err != nil && !ok {
		e.Fatal(err)
	}
	var problems []string
	if ok {
		for _, p := range refused.Problems {
			problems = append(problems, fmt.Sprint(p.Code, " ", p.Path))
		}
	}
	return result, problems
}

// want commits changes and fails unless these are its problems.
func (e entityReference) want(problems []string, changes ...curation.Change) curation.Result {
	e.Helper()
	result, got := e.try(changes...)
	if !slices.Equal(got, problems) {
		e.Fatalf("problems %q, want %q", got, problems)
	}
	return result
}

// commit makes a referring entity before the one that it refers to, and changes the
// reference.
func (e entityReference) commit() {
	result := e.want(nil, e.referring("first", "_:target"), newEntity(e.field.Kinds[0], "target"))
	if got := e.referred(result.Outcomes[0].ID); got != result.Outcomes[1].ID {
		e.Fatalf("%s is %s, want the target of the same commit, %s", e.field.Name, got, result.Outcomes[1].ID)
	}
	path := fmt.Sprintf("[second %s]", e.field.Name)
	e.want([]string{"UNKNOWN " + path}, e.referring("second", "Place/nowhere"))
	e.want([]string{"UNKNOWN " + path}, e.referring("second", "_:nowhere"))
	e.want([]string{"INVALID " + path}, e.referring("second", "_:second"))
}

func (e entityReference) referred(by diplomacy.ID) diplomacy.ID {
	snapshot, err := e.store.Read(e.Context(), store.Everything(0))
	if err != nil {
		e.Fatal(err)
	}
	defer snapshot.Release()
	records, err := snapshot.Records(e.Context(), []diplomacy.ID{by})
	if err != nil {
		e.Fatal(err)
	}
	return *e.field.In(records[0])
}

// close closes what is referred to: alone it is rejected, with the referring entity
// it is not.
func (e entityReference) close() {
	made := e.want(nil, e.referring("a", "_:b"), newEntity(e.field.Kinds[0], "b"))
	a := curation.Change{Path: []string{"a"}, Action: curation.Close, Target: curation.Ref(made.Outcomes[0].ID.String())}
	b := curation.Change{Path: []string{"b"}, Action: curation.Close, Target: curation.Ref(made.Outcomes[1].ID.String())}
	e.want([]string{"REFERENCED [b]"}, b)
	e.want(nil, b, a)
}

// revert reverts the making of what another transaction refers to, which is blocked
// by that one, and then both.
func (e entityReference) revert() {
	made := e.want(nil, newEntity(e.field.Kinds[0], "place"))
	used := e.want(nil, e.referring("user", curation.Ref(made.Outcomes[0].ID.String())))
	undo := func(r curation.Result) error {
		_, err := curation.Revert(e.Context(), e.store, curation.RevertRequest{Author: "test", Number: r.Transaction.Number})
		return err
	}
	refused, ok := errors.AsType[*curation.Refused](undo(made))
	if !ok || refused.Problems[0].Code != curation.Blocked {
		e.Fatalf("revert what a later transaction refers to: %v, want it blocked", refused)
	}
	for _, r := range []curation.Result{used, made} {
		if err := undo(r); err != nil {
			e.Fatal(err)
		}
	}
}
