package model

import (
	"context"

	"chancery/diplomacy"
	"chancery/store"

	"github.com/vektah/gqlparser/v2/ast"
)

// kindAbout is evidence, or judgements, about a record.
type kindAbout struct {
	kind diplomacy.Kind
	id   diplomacy.ID
}

// aheadAbout fetches the evidence, or judgements, about records, and what is
// selected of them.
func (o *Operation) aheadAbout(ctx context.Context, kind diplomacy.Kind, selection ast.SelectionSet, ids []diplomacy.ID) error {
	if err := o.loadAbout(ctx, kind, ids); err != nil {
		return err
	}
	var all []diplomacy.ID
	for _, id := range ids {
		all = append(all, o.about[kindAbout{kind, id}]...)
	}
	return o.ahead(ctx, selection, all)
}

// loadAbout finds and loads what is about those of the records of which it is not
// at hand, in two calls.
func (o *Operation) loadAbout(ctx context.Context, kind diplomacy.Kind, ids []diplomacy.ID) error {
	var missing, all []diplomacy.ID
	for _, id := range ids {
		if _, known := o.about[kindAbout{kind, id}]; !known {
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	reader, err := o.Reader(ctx)
	if err != nil {
		return err
	}
	along := []store.Arc{{Kind: kind, Direction: store.Out}}
	answers, err := reader.Links(ctx, store.LinkQuery{Of: missing, Along: along, Page: store.Page{Limit: store.MaxPage}})
	for i, answer := range answers {
		found := make([]diplomacy.ID, len(answer.Links))
		for j, link := range answer.Links {
			found[j] = link.Via
		}
		o.about[kindAbout{kind, missing[i]}] = found
		all = append(all, found...)
	}
	if err != nil {
		return err
	}
	return o.load(ctx, all)
}
