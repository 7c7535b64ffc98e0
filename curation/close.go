package curation

import (
	"fmt"
	"slices"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
)

// closeRecords takes records out of the graph: evidence first, because it goes with
// what it is about, then statements and judgements, and entities when nothing refers to
// them any more.
func (r *run) closeRecords() error {
	var evidence, statements, judgements, entities []*pendingChange
	for _, c := range r.changes {
		switch {
		case r.closing(c.id) != c:
		case c.Kind == diplomacy.KindEvidence:
			evidence = append(evidence, c)
		case c.Kind.IsStatement():
			statements = append(statements, c)
		case c.Kind == diplomacy.KindJudgement && c.cause != nil:
			judgements = append(judgements, c)
		case c.WithLinks && c.failed: // its own problem is reported
		case c.Kind.IsEntity():
			entities = append(entities, c)
		}
	}
	if err := r.retract(slices.Concat(evidence, statements, judgements)); err != nil {
		return err
	}
	if err := r.checkReferenced(entities); err != nil {
		return err
	}
	return r.retract(entities)
}

func (r *run) retract(changes []*pendingChange) error {
	if len(changes) == 0 {
		return nil
	}
	ids := make([]diplomacy.ID, len(changes))
	for i, c := range changes {
		ids[i] = c.id
	}
	if err := r.w.Retract(r.ctx, ids...); err != nil {
		return fmt.Errorf("close records: %w", err)
	}
	return nil
}

// Of the records that refer to an entity a few are read first, and named; many only
// if those few are not all.
const (
	firstReferrers = 20
	mostNamed      = 3
)

// checkReferenced reports what would still refer to entities that are to be closed.
func (r *run) checkReferenced(closing []*pendingChange) error {
	rest, err := r.reportReferrers(closing, firstReferrers)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(rest, 50) { // to have few of the large pages in memory
		if _, err := r.reportReferrers(some, store.MaxPage); err != nil {
			return err
		}
	}
	return nil
}

// reportReferrers reads at most limit referrers of each entity, and returns the
// entities that have more, for which it has reported nothing unless limit is MaxPage.
func (r *run) reportReferrers(closing []*pendingChange, limit int) (rest []*pendingChange, err error) {
	if len(closing) == 0 {
		return nil, nil
	}
	ids := make([]diplomacy.ID, len(closing))
	for i, c := range closing {
		ids[i] = c.id
	}
	pages, err := r.w.Links(r.ctx, store.LinkQuery{Of: ids, Along: referring, Page: store.Page{Limit: limit}})
	if err != nil {
		return nil, err
	}
	for i, c := range closing {
		if pages[i].Next && limit < store.MaxPage {
			rest = append(rest, c)
			continue
		}
		r.reportReferenced(c, pages[i])
	}
	return rest, nil
}

// reportReferenced reports the records that still refer to an entity, except those that
// are closed too, and those whose own change failed: otherwise they might not.
func (r *run) reportReferenced(c *pendingChange, page store.LinkPage) {
	var named []string
	n := 0
	seen := map[diplomacy.ID]bool{}
	for _, l := range page.Links {
		other := r.byTarget[l.Via]
		goesAlong := l.Arc.Kind == diplomacy.KindEvidence && l.Arc.Direction == store.In && r.closing(l.Node) != nil
		if seen[l.Via] {
			continue
		}
		seen[l.Via] = true
		if goesAlong || other != nil && (other.failed || other.Action == Close) {
			continue
		}
		if n++; n <= mostNamed {
			named = append(named, l.Via.String())
		}
	}
	if n > 0 {
		c.fault(Referenced, nil, "%s is still referred to by %s%s; close those first, in the same commit, or by withLinks",
			nameOfRecord(c.current), strings.Join(named, ", "), andMore(n-len(named), page.Next))
	}
}

func andMore(n int, atLeast bool) string {
	switch {
	case atLeast:
		return fmt.Sprintf(" and more than %d more", n)
	case n > 0:
		return fmt.Sprintf(" and %d more", n)
	}
	return ""
}

// referring are the arcs along which an entity is seen by the records that refer to
// it, except records that belong to it and are retracted with it, as evidence about it.
var referring = func() (arcs []store.Arc) {
	for _, kind := range diplomacy.ReferringKinds() {
		seen := map[store.Direction]bool{}
		for _, field := range diplomacy.ReferenceFields(kind) {
			if len(field.Kinds) > 0 && !field.Owner && !seen[field.Seen] {
				seen[field.Seen] = true
				arcs = append(arcs, store.Arc{Kind: kind, Direction: field.Seen})
			}
		}
	}
	return arcs
}()
