package model

import (
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
)

// Version is a record as it was for a time, beside the version before it.
type Version struct{ record, before diplomacy.Record }

// Revision counts the versions from 1.
func (v *Version) Revision() uint32 { return v.record.Header().Revision }

// Record is the record as it was.
func (v *Version) Record() Node { return NodeOf(v.record) }

// Transaction wrote this version.
func (v *Version) Transaction(ctx context.Context) (*diplomacy.Transaction, error) {
	return TransactionOf(ctx, v.record.Header().From)
}

// ClosedBy closed this version; nil while it is current.
func (v *Version) ClosedBy(ctx context.Context) (*diplomacy.Transaction, error) {
	return TransactionOf(ctx, v.record.Header().Until)
}

// Differences are the fields in which it differs from the version before.
func (v *Version) Differences() []diplomacy.Difference {
	return diplomacy.Differences(v.before, v.record)
}

// history is the page of a record's versions, or the user error that its field
// will report.
type history struct {
	list *VersionConnection
	err  error
}

// History pages over every version of a record, the newest first.
func History(ctx context.Context, id diplomacy.ID) (*VersionConnection, error) {
	o, field := From(ctx), graphql.GetFieldContext(ctx).Field
	here := place{id, field.Field}
	if o.histories[here] == nil {
		if err := o.aheadHistory(ctx, field, []diplomacy.ID{id}); err != nil {
			return nil, err
		}
	}
	return o.histories[here].list, o.histories[here].err
}

// aheadHistory fetches a page of the versions of each of the records, and what
// is selected below.
func (o *Operation) aheadHistory(ctx context.Context, field graphql.CollectedField, ids []diplomacy.ID) error {
	if err := o.loadHistory(ctx, field, ids); err != nil {
		return err
	}
	var shown []*Version
	for _, id := range ids {
		if list := o.histories[place{id, field.Field}].list; list != nil {
			shown = append(shown, list.Nodes()...)
		}
	}
	for _, selection := range o.wants(ctx, field).nodeSelections {
		for _, f := range collect(ctx, selection, "Version") {
			if err := o.aheadVersions(ctx, f, shown); err != nil {
				return err
			}
		}
	}
	return nil
}

// aheadVersions fetches what a field of versions wants.
func (o *Operation) aheadVersions(ctx context.Context, field graphql.CollectedField, versions []*Version) error {
	records := make([]diplomacy.Record, len(versions))
	var numbers []diplomacy.TxNumber
	for i, v := range versions {
		records[i] = v.record
		switch field.Name {
		case "transaction":
			numbers = append(numbers, v.record.Header().From)
		case "closedBy":
			numbers = append(numbers, v.record.Header().Until)
		}
	}
	if field.Name == "record" {
		return o.aheadRecords(ctx, field.Selections, records)
	}
	return o.aheadTransactions(ctx, field.Selections, numbers)
}

// loadHistory fetches the pages that are not there yet.
func (o *Operation) loadHistory(ctx context.Context, field graphql.CollectedField, ids []diplomacy.ID) error {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id diplomacy.ID) bool { return o.histories[place{id, field.Field}] != nil })
	if len(ids) == 0 {
		return nil
	}
	page, err := pageArgs(rawArgs(ctx, field))
	if err != nil {
		for _, id := range ids {
			o.histories[place{id, field.Field}] = &history{err: err}
		}
		return nil
	}
	found, err := o.versions(ctx, ids, page)
	for id, h := range found {
		o.histories[place{id, field.Field}] = h
	}
	return err
}

// versions gives a page of the versions of each record. The newest of each tells
// how many there are; as a rule the page lies among the newest, of all records in
// one call, or two.
func (o *Operation) versions(ctx context.Context, ids []diplomacy.ID, page store.Page) (map[diplomacy.ID]*history, error) {
	reader, err := o.Reader(ctx)
	if err != nil {
		return nil, err
	}
	found := make(map[diplomacy.ID]*history, len(ids))
	for limit := page.Limit + 1; len(ids) > 0; {
		answers, err := reader.Versions(ctx, ids, 0, limit)
		if err != nil {
			return nil, err
		}
		var deeper []diplomacy.ID
		depth := 0
		for i, id := range ids {
			stretch := newStretch(id, answers[i], limit, page)
			switch {
			case stretch.err != nil || stretch.complete():
				found[id] = stretch.history()
			case stretch.needs() <= store.MaxPage:
				deeper, depth = append(deeper, id), max(depth, stretch.needs())
			default:
				if err := stretch.seek(ctx, reader); err != nil {
					return nil, err
				}
				found[id] = stretch.history()
			}
		}
		ids, limit = deeper, depth
	}
	return found, nil
}
