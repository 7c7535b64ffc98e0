package fetch

import (
	"context"
	"encoding/binary"
	"errors"

	"chancery/curation/findings"
	"chancery/diplomacy"
	"chancery/graph/arguments"
	"chancery/graph/model"
	"chancery/graph/paging"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
)

var findingRows = rows{"Query.findings": findingsStep{}}

var findingType = objectType[*model.Finding]{"Finding", map[string]objectStep[*model.Finding]{
	"records":     toAll(func(f *model.Finding) []diplomacy.ID { return f.Finding.Records }),
	"entity":      toAll(func(f *model.Finding) []diplomacy.ID { return []diplomacy.ID{f.Owner} }),
	"about":       toAll(func(f *model.Finding) []diplomacy.ID { return []diplomacy.ID{f.Statement()} }),
	"transaction": toTransactions(func(f *model.Finding) diplomacy.TxNumber { return f.Finding.Transaction }),
}}

// Findings returns a page of what is doubtful in the graph.
func Findings(ctx context.Context) (*model.FindingConnection, error) {
	return answer[*model.FindingConnection](ctx, 0)
}

// findingsStep searches a page of findings, forward only.
type findingsStep struct{}

func (findingsStep) fetch(ctx context.Context, o *Operation, field graphql.CollectedField, _ subjects) error {
	raw := rawArguments(ctx, field.Field)
	query, after, err := arguments.ReadFindings(raw)
	if err != nil {
		return err
	}
	if query.After, err = findingPosition(after); err != nil {
		return err
	}
	if query.Entity, err = o.namedBy(ctx, "entity", raw, diplomacy.EntityKinds); err != nil {
		return err
	}
	if query.Source, err = o.namedBy(ctx, "source", raw, []diplomacy.Kind{diplomacy.KindSource}); err != nil {
		return err
	}
	reader, err := o.Reader(ctx)
	if err != nil {
		return err
	}
	page, err := findings.Search(ctx, reader, query)
	if errors.Is(err, findings.ErrTooManyChanges) {
		return model.BadInput("since: there are more than %d changes since transaction %d; give a later one, or omit it", findings.MaxChanges, query.Since)
	}
	if err != nil {
		return err
	}
	list := &model.FindingConnection{List: model.List[*model.Finding]{Flags: store.Flags{Previous: after != "", Next: page.More}}}
	for _, f := range page.Found {
		edge := &model.ListEdge[*model.Finding]{At: findingCursor(f.Behind), Node: &model.Finding{Finding: f.Finding}}
		list.Items = append(list.Items, edge)
	}
	if page.More {
		list.SearchedTo = findingCursor(page.Next)
	}
	o.answers[place{field: field.Field}] = list
	return findingType.walk(ctx, o, nodeSelections(ctx, field), list.Nodes())
}

// namedBy returns the canonical id of the record that an argument names; zero for none.
func (o *Operation) namedBy(ctx context.Context, argument string, raw map[string]any, kinds []diplomacy.Kind) (diplomacy.ID, error) {
	if raw[argument] == nil {
		return 0, nil
	}
	ids, err := o.Named(ctx, argument, raw[argument], kinds, false)
	if err != nil {
		return 0, err
	}
	return o.canonicalID(ids[0]), nil
}

var findingCursors = paging.NewSeal("findings")

// findingCursor returns the cursor of a position of the search: its kind, its owner, the
// length of the list's cursor, that cursor, and the key.
func findingCursor(at findings.Position) store.Cursor {
	cursor := binary.BigEndian.AppendUint64([]byte{byte(at.Kind)}, uint64(at.Owner))
	cursor = binary.BigEndian.AppendUint16(cursor, uint16(len(at.Listed)))
	return findingCursors.Seal(store.Cursor(cursor) + at.Listed + store.Cursor(at.Key))
}

// findingPosition returns what findingCursor was given.
func findingPosition(sealed store.Cursor) (at findings.Position, err error) {
	cursor, err := findingCursors.Open(sealed)
	if err != nil || cursor == "" {
		return at, err
	}
	const head = 11
	if len(cursor) < head || len(cursor) < head+int(binary.BigEndian.Uint16([]byte(cursor[9:]))) {
		return at, store.ErrCursor
	}
	at.Kind, at.Owner = diplomacy.Kind(cursor[0]), diplomacy.ID(binary.BigEndian.Uint64([]byte(cursor[1:])))
	key := head + int(binary.BigEndian.Uint16([]byte(cursor[9:])))
	at.Listed, at.Key = cursor[head:key], string(cursor[key:])
	return at, nil
}
