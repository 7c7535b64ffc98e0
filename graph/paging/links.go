package paging

import (
	"fmt"
	"slices"
	"strings"

	"chancery/diplomacy"
	"chancery/graph/arguments"
	"chancery/graph/model"
	"chancery/graph/relations"
	"chancery/store"
)

// Links is the answer of a relation for one record.
type Links struct {
	model.LinkPage
	Counted bool // whether Count is set
}

// Add appends links to a page, with the statements that lead to them, and how their
// nodes are involved.
func (p *Links) Add(answer store.LinkPage, via []diplomacy.ID, as diplomacy.Term) {
	p.Links = slices.Grow(p.Links, len(answer.Links))
	for _, link := range answer.Links {
		p.Links = append(p.Links, model.Link{Link: link, Before: via, Involvement: involvement(as, link)})
	}
	p.Previous = p.Previous || answer.Previous
	p.Next = p.Next || answer.Next
}

// Join orders the links of several paths and cuts the page. Relations with unique
// nodes were fetched whole; they are paged here, with cursors of their own, since
// the store's cursors are comparable only along the same arcs.
func (p *Links) Join(relation *relations.Relation, args *arguments.Links) error {
	p.order(args.Descending)
	if relation.Unique {
		p.dropRepeats()
		p.Count = store.Count{N: len(p.Links), Capped: p.Next}
		if err := p.between(NewSeal(fmt.Sprint(relation.Name, args.Descending)), args); err != nil {
			return err
		}
	}
	p.limit(args.Page)
	return nil
}

// order sorts the links of several paths by their cursors.
func (p *Links) order(descending bool) {
	slices.SortStableFunc(p.Links, func(a, b model.Link) int {
		if descending {
			a, b = b, a
		}
		return strings.Compare(string(a.Cursor), string(b.Cursor))
	})
}

// involvement returns how the node of a link is involved; nil if the hop does not say it.
// Of participants the link knows more: those that hosted, and those on whose behalf
// others took part.
func involvement(as diplomacy.Term, link store.Link) []diplomacy.Term {
	switch {
	case as == "":
		return nil
	case link.Arc.Direction == store.ForWhom:
		as = "REPRESENTED"
	case link.Arc.Kind == diplomacy.ParticipatedIn && (link.Role == "HOST" || link.Role == "ORGANIZER"):
		as = "HOST"
	}
	return []diplomacy.Term{as}
}

// dropRepeats keeps the first link to each node, with all ways in which it is involved.
func (p *Links) dropRepeats() {
	first := map[diplomacy.ID]int{}
	kept := p.Links[:0]
	for _, link := range p.Links {
		at, again := first[link.Node]
		if !again {
			first[link.Node] = len(kept)
			kept = append(kept, link)
			continue
		}
		for _, way := range link.Involvement {
			if !slices.Contains(kept[at].Involvement, way) {
				kept[at].Involvement = append(kept[at].Involvement, way)
			}
		}
	}
	p.Links = kept
}

// between keeps the links between the cursors of the arguments, and seals theirs.
func (p *Links) between(cursors Seal, args *arguments.Links) error {
	after, err := cursors.Open(args.Page.After)
	if err != nil {
		return err
	}
	before, err := cursors.Open(args.Page.Before)
	if err != nil {
		return err
	}
	behind := func(a, b store.Cursor) bool { return a != b && (a > b) != args.Descending }
	first := slices.IndexFunc(p.Links, func(l model.Link) bool { return after == "" || behind(l.Cursor, after) })
	if first < 0 {
		first = len(p.Links)
	}
	last := first
	for last < len(p.Links) && (before == "" || behind(before, p.Links[last].Cursor)) {
		last++
	}
	p.Previous, p.Next = first > 0, last < len(p.Links)
	p.Links = p.Links[first:last]
	for i := range p.Links {
		p.Links[i].Cursor = cursors.Seal(p.Links[i].Cursor)
	}
	return nil
}

// limit keeps the first or the last links, as many as a page may have.
func (p *Links) limit(page store.Page) {
	surplus := len(p.Links) - page.Limit
	if surplus <= 0 {
		return
	}
	if page.Last {
		p.Links, p.Previous = p.Links[surplus:], true
	} else {
		p.Links, p.Next = p.Links[:page.Limit], true
	}
}
