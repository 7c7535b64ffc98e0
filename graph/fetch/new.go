package fetch

import (
	"context"
	"maps"
	"strings"
	"time"

	"chancery/diplomacy"
	"chancery/graph/model"
	"chancery/store"
)

// New returns an operation on a store, which is restricted to what its principal may
// do, and a context with it.
func New(ctx context.Context, s store.Store, now time.Time) (context.Context, *Operation) {
	o := &Operation{store: s, now: now, today: diplomacy.DayOf(now), steps: allSteps}
	o.Renew()
	return WithOperation(ctx, o), o
}

// WithOperation returns a context with an operation.
func WithOperation(ctx context.Context, o *Operation) context.Context {
	return model.WithFetcher(ctx, o)
}

// labelRows are fields that depend on the operation's time but read nothing.
var labelRows = rows{"Thing.name": nothing{}, "Thing.label": nothing{}}

// allRows has a row for each field of the schema that needs the store, except those of
// object types that are no records.
var allRows = merged(
	relationRows(), listRows(), findRows(), representationRows, ministerRows, holdingRows, transactionListRows, duplicateRows, findingRows, impactRows,
	labelRows, referenceRows, evidenceRows, judgementRows, identityRows, restrictedRows, redirectRows, transactionRows, historyRows, checkRows,
)

func merged(tables ...rows) rows {
	all := rows{}
	for _, table := range tables {
		maps.Copy(all, table)
	}
	return all
}

var allSteps = stepsOf(allRows)

// stepsOf arranges rows by the kinds of records that have the field.
func stepsOf(all rows) steps {
	kinds := map[string][]diplomacy.Kind{}
	for kind, types := range model.TypesOf {
		for _, name := range types {
			kinds[name] = append(kinds[name], kind)
		}
	}
	arranged := steps{}
	for path, s := range all {
		typeName, field, _ := strings.Cut(path, ".")
		for _, kind := range kinds[typeName] {
			if arranged[kind] == nil {
				arranged[kind] = map[string]step{}
			}
			arranged[kind][field] = s
		}
	}
	return arranged
}
