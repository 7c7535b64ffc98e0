package model

import (
	"cmp"
	"fmt"
	"hash/crc32"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
)

// Order says how places compare; a cursor is good in one order only.
type Order struct {
	Of         string // names the list and what sorts it
	descending bool
}

func OrderOfLinks(q store.LinkQuery) Order {
	return Order{fmt.Sprintf("links along %v", q.Along), q.Descending}
}

func OrderOfList(q store.ListQuery) Order {
	return Order{fmt.Sprintf("list by %d", q.Order), q.Descending}
}

// place is where an element stands: places compare as strings.
type place string

func placeOfLink(l store.Link) place {
	return place(fmt.Sprintf("%s %016x %016x %d", sortable(l.Span), uint64(l.Node), uint64(l.Via), l.Arc.Direction))
}

func placeInList(e diplomacy.Entity, by store.ListOrder) place {
	key := ""
	switch by {
	case store.ByName:
		key = store.FoldName(e.Base().Names[0].Value)
		key = key[:min(len(key), 64)] + "\x00" // which no name holds
	case store.ByDate:
		key = sortable(e.Dated().Span())
	}
	return place(fmt.Sprintf("%s%016x", key, uint64(e.Header().ID)))
}

// sortable writes the earliest start so that what is before 1970 comes first.
func sortable(s diplomacy.Span) string {
	return fmt.Sprintf("%016x", uint64(s.StartMin)^1<<63)
}

func (o Order) compare(a, b place) int {
	if o.descending {
		return cmp.Compare(b, a)
	}
	return cmp.Compare(a, b)
}

// cursor is the place and a checksum over it and the order.
func (o Order) cursor(p place) store.Cursor {
	return store.Cursor(fmt.Sprintf("%s|%08x", p, crc32.ChecksumIEEE([]byte(fmt.Sprint(o, p)))))
}

func (o Order) parse(c store.Cursor) (place, error) {
	p := place(c[:max(0, strings.LastIndexByte(string(c), '|'))])
	if o.cursor(p) != c {
		return "", fmt.Errorf("%s: %w", diplomacy.Shorten(string(c)), store.ErrCursor)
	}
	return p, nil
}

// cut takes a page out of a whole list. A cursor is a place: what comes after
// it is well defined also when that place is empty now.
func cut[E any](list []E, at func(E) place, o Order, p store.Page) ([]E, store.Flags, error) {
	if p.Limit > store.MaxPage {
		return nil, store.Flags{}, fmt.Errorf("a page of %d: %w", p.Limit, store.ErrLimit)
	}
	from, to := 0, len(list)
	if p.After != "" {
		after, err := o.parse(p.After)
		if err != nil {
			return nil, store.Flags{}, err
		}
		from = count(list, func(e E) bool { return o.compare(at(e), after) <= 0 })
	}
	if p.Before != "" {
		before, err := o.parse(p.Before)
		if err != nil {
			return nil, store.Flags{}, err
		}
		to = count(list, func(e E) bool { return o.compare(at(e), before) < 0 })
	}
	if p.Last {
		from = min(to, max(from, to-p.Limit))
	} else {
		to = max(from, min(to, from+p.Limit))
	}
	return list[from:to], store.Flags{Previous: from > 0, Next: to < len(list)}, nil
}

func count[E any](list []E, holds func(E) bool) int {
	n := 0
	for _, e := range list {
		if holds(e) {
			n++
		}
	}
	return n
}
