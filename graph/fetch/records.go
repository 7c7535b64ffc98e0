package fetch

import (
	"context"
	"slices"

	"chancery/diplomacy"
)

// load fetches those of the records that were not looked up yet, in one call.
func (o *Operation) load(ctx context.Context, ids []diplomacy.ID) error {
	missing := o.missing(ids)
	if len(missing) == 0 {
		return ctx.Err()
	}
	reader, err := o.Reader(ctx)
	if err != nil {
		return err
	}
	records, err := reader.Records(ctx, missing)
	for i, record := range records {
		o.records[missing[i]] = record
		if record != nil {
			o.records[record.Header().ID] = record
		}
	}
	return err
}

// missing returns the ids that were not looked up yet, each once.
func (o *Operation) missing(ids []diplomacy.ID) []diplomacy.ID {
	var missing []diplomacy.ID
	seen := make(map[diplomacy.ID]struct{}, len(ids))
	for _, id := range ids {
		_, known := o.records[id]
		_, again := seen[id]
		if id != 0 && !known && !again {
			seen[id] = struct{}{}
			missing = append(missing, id)
		}
	}
	return missing
}

// Record returns the record with an id, or the canonical record into which that was
// merged; nil if there is none.
func (o *Operation) Record(ctx context.Context, id diplomacy.ID) (diplomacy.Record, error) {
	if record, ok := o.records[id]; ok || id == 0 {
		return record, nil
	}
	err := o.load(ctx, []diplomacy.ID{id})
	return o.records[id], err
}

// get returns a record of a known type; the zero R if there is none.
func get[R diplomacy.Record](ctx context.Context, id diplomacy.ID) (R, error) {
	record, err := From(ctx).Record(ctx, id)
	typed, _ := record.(R)
	return typed, err
}

// canonicalID returns the id under which the store has the links of a record that
// was loaded: of merged records, the canonical one's. What was fetched is kept under
// it, since statements and clients may name any of the merged records.
func (o *Operation) canonicalID(id diplomacy.ID) diplomacy.ID {
	if record := o.records[id]; record != nil {
		return record.Header().ID
	}
	return id
}

func (o *Operation) canonicalIDs(ids []diplomacy.ID) []diplomacy.ID {
	canonical := make([]diplomacy.ID, len(ids))
	for i, id := range ids {
		canonical[i] = o.canonicalID(id)
	}
	return canonical
}

// mergedIDs returns those of the ids that resolve to another, canonical record.
func (o *Operation) mergedIDs(ids []diplomacy.ID) []diplomacy.ID {
	return slices.DeleteFunc(slices.Clone(ids), func(id diplomacy.ID) bool { return o.canonicalID(id) == id })
}
