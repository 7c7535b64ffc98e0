package fetch

import (
	"cmp"
	"context"
	"slices"

	"chancery/curation/reference"
	"chancery/diplomacy"
	"chancery/graph/arguments"
	"chancery/graph/model"

	"github.com/99designs/gqlgen/graphql"
)

// Named returns the ids of the records that an argument of a filter names, which are of
// the given kinds; nil admits all. A reference that is malformed, that names nothing or
// that names a record of another kind is a user error with the path of the element: a
// filter by it would silently select nothing. Records that were withdrawn are errors, too,
// unless withdrawn ones are admitted.
func (o *Operation) Named(ctx context.Context, path string, given any, kinds []diplomacy.Kind, withdrawn bool) ([]diplomacy.ID, error) {
	elements := model.Elements(given)
	if len(elements) == 0 {
		return nil, nil
	}
	refs := arguments.References(elements)
	if err := o.resolve(ctx, refs); err != nil {
		return nil, err
	}
	ids := make([]diplomacy.ID, len(elements))
	for i, ref := range refs {
		path := arguments.ElementPath(path, given, i)
		named, err := ref.Parse()
		if err != nil {
			return nil, model.BadInput("%s: %v", path, err)
		}
		record := o.named.Record(ref)
		switch {
		case record != nil:
			ids[i] = cmp.Or(named.ID, record.Header().ID)
			o.records[ids[i]], o.records[record.Header().ID] = record, record
		case withdrawn && o.named.IsClosed(named.ID):
			ids[i] = named.ID
		default:
			return nil, &model.UserError{Code: model.CodeNotFound, Message: path + ": " + o.named.Missing(ref)}
		}
		if kinds != nil && !slices.Contains(kinds, ids[i].Kind()) {
			return nil, model.BadInput("%s: %s is of type %s; this list has %s", path, diplomacy.Shorten(string(ref)), ids[i].Kind(), arguments.TypeNames(kinds))
		}
	}
	return ids, nil
}

// resolve looks up references to records. The first call looks up those of all filters of
// the document at once.
func (o *Operation) resolve(ctx context.Context, refs []reference.Ref) error {
	if o.named == nil {
		reader, err := o.Reader(ctx)
		if err != nil {
			return err
		}
		o.named = reference.NewDirectory(reader)
		operation := graphql.GetOperationContext(ctx)
		refs = append(arguments.ReferencesOf(operation.Operation, operation.Variables), refs...)
		slices.Sort(refs)
		refs = slices.Compact(refs)
	}
	return o.named.LookUp(ctx, refs...)
}
