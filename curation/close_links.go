package curation

import (
	"slices"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
)

// attached are the arcs along which a record is seen by what is closed with it, if it is
// closed with its links: what refers to it, and the evidence about it.
var attached = append(slices.Clone(referring), store.Arc{Kind: diplomacy.KindEvidence, Direction: store.Out})

// includeLinks adds a change for each statement, evidence and judgement that refers to an
// entity which is closed with its links, and for the evidence about those statements, so
// that the outcomes list all that is closed. Entities that refer to it stay, and are
// reported.
func (r *run) includeLinks() error {
	level := map[diplomacy.ID]*pendingChange{}
	for _, c := range r.changes {
		if c.WithLinks && !c.failed && c.Action == Close && c.id != 0 {
			level[c.id] = c
		}
	}
	written := r.writtenRecords()
	for len(level) > 0 {
		found, err := r.attachedTo(level)
		if err != nil {
			return err
		}
		if level, err = r.closeAlong(found, written); err != nil {
			return err
		}
	}
	return nil
}

// writtenRecords returns the changes that make or edit records, by record.
func (r *run) writtenRecords() map[diplomacy.ID]*pendingChange {
	written := map[diplomacy.ID]*pendingChange{}
	for _, c := range r.changes {
		if c.Action != Close && c.id != 0 {
			written[c.id] = c
		}
	}
	return written
}

// attachedTo returns what is attached to records, each with the change that closes them.
// It reads a few links of all at once, then the others of those that have more, and no
// more than may be closed.
func (r *run) attachedTo(level map[diplomacy.ID]*pendingChange) (map[diplomacy.ID]*pendingChange, error) {
	ids := sortedIDs(level)
	pages, err := r.w.Links(r.ctx, store.LinkQuery{Of: ids, Along: attached, Page: store.Page{Limit: firstReferrers}})
	if err != nil {
		return nil, err
	}
	found := map[diplomacy.ID]*pendingChange{}
	for i, id := range ids {
		for _, l := range pages[i].Links {
			found[l.Via] = level[id]
		}
		if !pages[i].Next {
			continue
		}
		for l, err := range store.AllLinks(r.ctx, r.w, id, attached...) {
			if err != nil {
				return nil, err
			}
			if found[l.Via] = level[id]; len(found) > MaxChanges {
				return found, nil
			}
		}
	}
	return found, nil
}

// closeAlong adds changes that close records along with others, and returns those that
// have not been closed yet: what is attached to them is closed, too.
func (r *run) closeAlong(found, written map[diplomacy.ID]*pendingChange) (map[diplomacy.ID]*pendingChange, error) {
	var ids []diplomacy.ID
	for _, id := range sortedIDs(found) {
		cause := found[id]
		switch edit := written[id]; {
		case id.Kind().IsEntity() || r.closing(id) != nil:
		case edit != nil:
			cause.fault(Invalid, []string{"withLinks"}, "%s would be closed, but %s of the same commit writes it; leave out one of the two", id, strings.Join(edit.Path, "."))
		default:
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	if cause := found[ids[0]]; r.along+len(ids) > MaxChanges {
		cause.fault(TooLarge, []string{"withLinks"}, "more than %d records would be closed along; close some of them first", MaxChanges)
		return nil, nil
	}
	records, err := r.w.Records(r.ctx, ids)
	if err != nil {
		return nil, err
	}
	next := map[diplomacy.ID]*pendingChange{}
	for i, id := range ids {
		c := &pendingChange{Change: Change{Path: found[id].Path, Action: Close, Kind: id.Kind()}, id: id, current: records[i], cause: found[id].origin()}
		r.changes, r.byTarget[id], next[id] = append(r.changes, c), c, c
	}
	r.along += len(ids)
	return next, nil
}

// origin returns the change of the request that a change follows from.
func (c *pendingChange) origin() *pendingChange {
	if c.cause != nil {
		return c.cause
	}
	return c
}

// sortedIDs returns the keys of a map in ascending order.
func sortedIDs(m map[diplomacy.ID]*pendingChange) []diplomacy.ID {
	ids := make([]diplomacy.ID, 0, len(m))
	for id := range m {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}
