package curation

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
)

// close takes records out: evidence first, for it goes with what it is about.
func (r *run) close() error {
	for _, is := range []func(diplomacy.Kind) bool{
		func(k diplomacy.Kind) bool { return k == diplomacy.KindEvidence },
		diplomacy.Kind.IsStatement, diplomacy.Kind.IsEntity,
	} {
		var closing []*step
		for _, s := range r.steps {
			if is(s.Kind) && r.closing(s.id) == s {
				closing = append(closing, s)
			}
		}
		if err := r.retract(closing); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) retract(steps []*step) error {
	for _, s := range steps {
		if !s.current.Kind().IsEntity() {
			continue
		}
		if err := r.referenced(s); err != nil {
			return err
		}
	}
	for _, s := range steps {
		if err := r.w.Retract(r.ctx, s.id); err != nil {
			return fmt.Errorf("close %s: %w", s.id, err)
		}
	}
	return nil
}

// mostNamed is how many of those that refer to a record are named.
const mostNamed = 3

// referenced notes what would still refer to an entity. That is told only once of
// what would not, if its own change could be made.
func (r *run) referenced(s *step) error {
	links, more, err := referrers(r.ctx, r.w, s.id)
	if err != nil {
		return err
	}
	var named []string
	n := 0
	for _, l := range links {
		other := r.byTarget[l.Via]
		evidence := l.Arc.Kind == diplomacy.KindEvidence && l.Arc.Direction == store.In && r.closing(l.Node) != nil
		if evidence || other != nil && other.failed {
			continue
		}
		if n++; n <= mostNamed {
			named = append(named, l.Via.String())
		}
	}
	if n == 0 {
		return nil
	}
	s.fault(Referenced, nil, "%s is still referred to by %s%s; close those first, or in the same commit",
		nameOfRecord(s.current), strings.Join(named, ", "), andMore(n-len(named), more))
	return nil
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

// referring are the arcs along which an entity is seen by what refers to it, but for
// evidence about it, which goes with it.
var referring = func() []store.Arc {
	arcs := []store.Arc{
		{Kind: diplomacy.KindEvidence, Direction: store.In}, {Kind: diplomacy.KindEvidence, Direction: store.Behalf},
		{Kind: diplomacy.KindJudgement, Direction: store.Out},
	}
	for _, rule := range diplomacy.Vocabulary {
		for _, d := range []store.Direction{store.Out, store.In, store.Behalf, store.Capacity} {
			arcs = append(arcs, store.Arc{Kind: rule.Predicate, Direction: d})
		}
	}
	return arcs
}()

// referrers are the records that refer to an entity, each once: a page of them, and
// whether there are more.
func referrers(ctx context.Context, r store.Reader, id diplomacy.ID) ([]store.Link, bool, error) {
	pages, err := r.Links(ctx, store.LinkQuery{Of: []diplomacy.ID{id}, Along: referring, Page: store.Page{Limit: store.MaxPage}})
	if err != nil {
		return nil, false, err
	}
	var links []store.Link
	seen := map[diplomacy.ID]bool{}
	for _, l := range pages[0].Links {
		if !seen[l.Via] {
			links = append(links, l)
		}
		seen[l.Via] = true
	}
	return links, pages[0].Next, nil
}

// refusal is what the store has against a step's record; it puts it, if nothing.
func (r *run) refusal(s *step) (diplomacy.Problems, error) {
	record := copyOf(s.record)
	err := r.w.Put(r.ctx, record)
	if refused, ok := errors.AsType[*store.RefusedError](err); ok {
		return refused.Problems, nil
	}
	s.id = record.Header().ID
	return nil, err
}
