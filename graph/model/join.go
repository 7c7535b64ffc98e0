package model

import (
	"fmt"
	"slices"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
)

// join orders what several walks brought, and cuts the page. A relation that
// shows each thing once was fetched whole and is paged here, by cursors of its
// own, since those of its arcs are not each other's.
func (p *linkPage) join(rel *Relation, args linkArgs) error {
	p.order(args.descending)
	if rel.Once {
		p.distinct()
		p.count = store.Count{N: len(p.links), Capped: p.Next}
		if err := p.window(newSeal(fmt.Sprint(rel.name, args.descending)), args); err != nil {
			return err
		}
	}
	p.cut(args.page)
	return nil
}

func (p *linkPage) order(descending bool) {
	slices.SortStableFunc(p.links, func(a, b pathLink) int {
		if descending {
			a, b = b, a
		}
		return strings.Compare(string(a.Cursor), string(b.Cursor))
	})
}

func (p *linkPage) distinct() {
	seen := map[diplomacy.ID]bool{}
	p.links = slices.DeleteFunc(p.links, func(l pathLink) bool {
		again := seen[l.Node]
		seen[l.Node] = true
		return again
	})
}

// window keeps what lies between the cursors, and seals the cursors of what it
// keeps.
func (p *linkPage) window(s seal, args linkArgs) error {
	after, err := s.open(args.page.After)
	if err != nil {
		return err
	}
	before, err := s.open(args.page.Before)
	if err != nil {
		return err
	}
	behind := func(a, b store.Cursor) bool { return a != b && (a > b) != args.descending }
	first := slices.IndexFunc(p.links, func(l pathLink) bool { return after == "" || behind(l.Cursor, after) })
	if first < 0 {
		first = len(p.links)
	}
	last := first
	for last < len(p.links) && (before == "" || behind(before, p.links[last].Cursor)) {
		last++
	}
	p.Previous, p.Next = first > 0, last < len(p.links)
	p.links = p.links[first:last]
	for i := range p.links {
		p.links[i].Cursor = s.close(p.links[i].Cursor)
	}
	return nil
}

// cut takes the first, or the last, of what is left.
func (p *linkPage) cut(page store.Page) {
	surplus := len(p.links) - page.Limit
	if surplus <= 0 {
		return
	}
	if page.Last {
		p.links, p.Previous = p.links[surplus:], true
	} else {
		p.links, p.Next = p.links[:page.Limit], true
	}
}
