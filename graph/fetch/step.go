package fetch

import (
	"context"
	"slices"

	"chancery/diplomacy"

	"github.com/99designs/gqlgen/graphql"
)

// step fetches what one field of the schema needs, and what is selected below the
// field, for many records of one kind. A user error becomes the field's answer.
type step interface {
	fetch(ctx context.Context, o *Operation, field graphql.CollectedField, of subjects) error
}

// rows are steps by "Type.field", where the type is an object type or an interface.
type rows map[string]step

// steps are the steps of the fields of each kind of record, and under kind 0 those
// of Query.
type steps map[diplomacy.Kind]map[string]step

// subjects are the records of one kind for which a field is fetched.
type subjects struct {
	// ids are canonical: links and evidence are found under them.
	ids []diplomacy.ID
	// recorded are versions or merged records to be shown as they were recorded; nil
	// for the canonical records.
	recorded []diplomacy.Record
}

// byKind groups ids, each once, by the kind of their records, in the order in which the
// kinds first occur.
func byKind(ids []diplomacy.ID) []subjects {
	var groups []subjects
	seen := make(map[diplomacy.ID]struct{}, len(ids))
	for _, id := range ids {
		if _, again := seen[id]; id == 0 || again {
			continue
		}
		seen[id] = struct{}{}
		at := slices.IndexFunc(groups, func(g subjects) bool { return g.kind() == id.Kind() })
		if at < 0 {
			at, groups = len(groups), append(groups, subjects{})
		}
		groups[at].ids = append(groups[at].ids, id)
	}
	return groups
}

// kind returns the kind of the records; 0 for Query.
func (s subjects) kind() diplomacy.Kind { return s.ids[0].Kind() }

// records returns the records themselves.
func (s subjects) records(o *Operation) []diplomacy.Record {
	if s.recorded != nil {
		return s.recorded
	}
	found := make([]diplomacy.Record, 0, len(s.ids))
	for _, id := range s.ids {
		if record := o.records[id]; record != nil {
			found = append(found, record)
		}
	}
	return found
}

// ownIDs returns the ids under which the records were recorded.
func (s subjects) ownIDs() []diplomacy.ID {
	if s.recorded == nil {
		return s.ids
	}
	ids := make([]diplomacy.ID, len(s.recorded))
	for i, record := range s.recorded {
		ids[i] = record.Header().ID
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// nothing is the step of fields with a resolver that reads nothing from the store.
type nothing struct{}

func (nothing) fetch(context.Context, *Operation, graphql.CollectedField, subjects) error { return nil }

// onDemand is the step of fields that are fetched one by one when they are resolved.
type onDemand struct{ nothing }
