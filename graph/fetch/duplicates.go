package fetch

import (
	"context"

	"chancery/curation/duplicates"
	"chancery/diplomacy"
	"chancery/graph/arguments"
	"chancery/graph/model"
	"chancery/graph/paging"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
)

var duplicateRows = rows{"Query.duplicates": duplicatesStep{}}

var duplicateType = objectType[*duplicates.Pair]{"Duplicate", map[string]objectStep[*duplicates.Pair]{
	"a": toRecords(func(p *duplicates.Pair) diplomacy.Record { return p.A }),
	"b": toRecords(func(p *duplicates.Pair) diplomacy.Record { return p.B }),
}}

var duplicateCursors = paging.NewSeal("duplicates")

// ShareDuplicates lets the operation use a cache of possible duplicates, which all
// operations with the same view may share.
func (o *Operation) ShareDuplicates(c *duplicates.Cache) { o.duplicates = c }

// Duplicates returns a page of pairs of entities that may be the same.
func Duplicates(ctx context.Context) (*model.DuplicateConnection, error) {
	return answer[*model.DuplicateConnection](ctx, 0)
}

// duplicatesStep fetches a page of possible duplicates.
type duplicatesStep struct{}

func (duplicatesStep) fetch(ctx context.Context, o *Operation, field graphql.CollectedField, _ subjects) error {
	page, err := arguments.Page(rawArguments(ctx, field.Field))
	if err != nil {
		return err
	}
	all, err := o.allDuplicates(ctx)
	if err != nil {
		return err
	}
	part, err := duplicateCursors.SpanOf(page, len(all), func(i int) store.Cursor { return all[i].Key() })
	if err != nil {
		return err
	}
	list := &model.DuplicateConnection{Flags: part.Flags, Count: store.Count{N: len(all)}}
	for i := part.From; i < part.To; i++ {
		at := duplicateCursors.Seal(all[i].Key())
		list.Items = append(list.Items, &model.ListEdge[*duplicates.Pair]{At: at, Node: &all[i]})
	}
	o.answers[place{field: field.Field}] = list
	return duplicateType.walk(ctx, o, nodeSelections(ctx, field), list.Nodes())
}

// duplicatesWork is what an operation pays at most for computing the pairs of the present,
// which all others use: the weight of the field, in nanoseconds.
const duplicatesWork = 2_000_000

// allDuplicates returns all pairs. Those of the present are computed once for a state, for
// everyone, and so are not bounded by what one operation may use.
func (o *Operation) allDuplicates(ctx context.Context) ([]duplicates.Pair, error) {
	reader, err := o.Reader(ctx)
	if err != nil {
		return nil, err
	}
	if o.known != 0 || o.duplicates == nil {
		return o.duplicates.Find(ctx, reader, false)
	}
	unbounded := store.NewMeter(func(int64, int64) bool { return true })
	snapshot, err := store.Metered(o.store, unbounded).Read(ctx, store.View{Known: o.revision})
	if err != nil {
		return nil, err
	}
	defer snapshot.Release()
	pairs, err := o.duplicates.Find(ctx, snapshot, true)
	work, _ := unbounded.Used()
	o.meter.Work(min(work, duplicatesWork))
	return pairs, err
}
