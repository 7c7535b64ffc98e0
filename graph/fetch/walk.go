package fetch

import (
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/graph/model"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// walk fetches what a selection needs of records that were loaded, and what is
// needed of those, level by level. Only faults of the store end it: a user error is
// kept for the field that made it.
func (o *Operation) walk(ctx context.Context, selection ast.SelectionSet, ids []diplomacy.ID) error {
	if len(selection) == 0 {
		return nil
	}
	for _, of := range byKind(o.canonicalIDs(ids)) {
		if err := o.walkFields(ctx, selection, of); err != nil {
			return err
		}
	}
	return nil
}

// walkRecorded is walk for records that are shown as they were recorded: versions,
// and records merged into others. What they refer to, and their history, is their
// own; what links to them is found under their canonical ids.
func (o *Operation) walkRecorded(ctx context.Context, selection ast.SelectionSet, records []diplomacy.Record) error {
	if len(selection) == 0 || len(records) == 0 {
		return nil
	}
	ids := make([]diplomacy.ID, len(records))
	for i, record := range records {
		ids[i] = record.Header().ID
	}
	if err := o.load(ctx, ids); err != nil {
		return err
	}
	for _, of := range byKind(ids) {
		kind := of.kind()
		of.recorded = slices.DeleteFunc(slices.Clone(records), func(r diplomacy.Record) bool { return r.Kind() != kind })
		of.ids = slices.Compact(slices.Sorted(slices.Values(o.canonicalIDs(of.ids))))
		if err := o.walkFields(ctx, selection, of); err != nil {
			return err
		}
	}
	return nil
}

// walkFields runs the steps of the fields that a selection has of records of one kind.
func (o *Operation) walkFields(ctx context.Context, selection ast.SelectionSet, of subjects) error {
	for _, field := range graphql.CollectFields(graphql.GetOperationContext(ctx), selection, model.TypesOf[of.kind()]) {
		if err := o.step(ctx, field, of); err != nil {
			return err
		}
	}
	return nil
}

// stepWork is the work of a step for one record, in nanoseconds, besides the store's.
const stepWork = 400

// step runs the step of a field, if it has one.
func (o *Operation) step(ctx context.Context, field graphql.CollectedField, of subjects) error {
	step := o.steps[of.kind()][field.Name]
	if step == nil {
		return nil
	}
	o.meter.Work(stepWork * int64(len(of.ids)+len(of.recorded)))
	err := step.fetch(ctx, o, field, of)
	if model.IsUserError(err) {
		for _, id := range append(of.ownIDs(), of.ids...) {
			o.answers[place{id, field.Field}] = err
		}
		return nil
	}
	return err
}

// loadAndWalk loads records and fetches what the selections need of them.
func (o *Operation) loadAndWalk(ctx context.Context, ids []diplomacy.ID, selections ...ast.SelectionSet) error {
	if err := o.load(ctx, ids); err != nil {
		return err
	}
	for _, selection := range selections {
		if err := o.walk(ctx, selection, ids); err != nil {
			return err
		}
	}
	return nil
}
