package model

import (
	"context"
	"encoding/binary"
	"slices"
	"sort"

	"chancery/diplomacy"
	"chancery/store"
)

// stretch is a part of a record's versions, the newest first, that a page wants.
type stretch struct {
	id      diplomacy.ID
	seal    seal
	length  int                // how many versions there are; cursors are counted by it
	shown   int                // how many of them are shown, as far as that is known
	at      int                // where records begin among them
	records []diplomacy.Record // what is at hand
	span
	err error // the user's
}

// newStretch takes the newest versions of a record, at most a limit. The revision of
// the newest is how many there are, but for those that are hidden: where there are
// fewer than the limit, it is known how many are shown.
func newStretch(id diplomacy.ID, newest []diplomacy.Record, limit int, page store.Page) *stretch {
	s := &stretch{id: id, seal: newSeal("history of " + id.String()), records: newest}
	if len(newest) > 0 {
		s.length = int(newest[0].Header().Revision)
	}
	s.shown = s.length
	if len(newest) < limit {
		s.shown = len(newest)
	}
	s.span, s.err = s.seal.span(page, s.length)
	if s.err == nil && s.shown < s.length {
		s.span, s.err = s.seal.within(page, s.length, s.shown)
	}
	return s
}

// needs is how many of the newest would do: those of the page and the one before
// it in time, for the differences.
func (s *stretch) needs() int { return min(s.to+1, s.shown) }

func (s *stretch) complete() bool { return s.from == s.to || s.at+len(s.records) >= s.needs() }

// seek fetches the part from far down a long history. Where it begins is found
// by halving, since versions are found by their transactions: their revisions
// fall with these.
func (s *stretch) seek(ctx context.Context, reader store.Reader) error {
	wanted := uint32(s.length - s.from)
	var err error
	last := int(s.records[0].Header().From)
	before := sort.Search(last, func(n int) bool {
		found, failed := reader.Versions(ctx, []diplomacy.ID{s.id}, diplomacy.TxNumber(n+1), 1)
		if failed != nil {
			err = failed
			return true
		}
		return len(found[0]) > 0 && found[0][0].Header().Revision >= wanted
	})
	if err != nil {
		return err
	}
	answers, err := reader.Versions(ctx, []diplomacy.ID{s.id}, diplomacy.TxNumber(before+1), s.needs()-s.from)
	if err == nil {
		s.at, s.records = s.from, answers[0]
	}
	return err
}

// history is the page. Its cursors are revisions.
func (s *stretch) history() *history {
	if s.err != nil {
		return &history{err: s.err}
	}
	list := &VersionConnection{Flags: s.Flags}
	for i := s.from; i < min(s.to, s.at+len(s.records)); i++ {
		version := &Version{record: s.records[i-s.at]}
		if older := i - s.at + 1; older < len(s.records) {
			version.before = s.records[older]
		}
		list.edges = append(list.edges, &ListEdge[*Version]{s.seal.cursor(s.length - i), version})
	}
	return &history{list: list}
}

// span is the part of a list that a page holds: from one position up to another,
// counted from its near end.
type span struct {
	from, to int
	store.Flags
}

// span cuts a page out of a list whose elements are numbered from its far end.
func (s seal) span(page store.Page, length int) (span, error) { return s.within(page, length, length) }

// within is span for a list that is shown only so far.
func (s seal) within(page store.Page, length, shown int) (span, error) {
	from, to, err := 0, shown, error(nil)
	if page.After != "" {
		from, err = s.position(page.After, length)
		from++
	}
	if page.Before != "" && err == nil {
		to, err = s.position(page.Before, length)
	}
	if err != nil {
		return span{}, err
	}
	from, to = min(from, shown), min(to, shown)
	return cut(from, max(from, to), shown, page), nil
}

// cut takes the page from what lies from one position up to another.
func cut(from, to, length int, page store.Page) span {
	p := span{from, to, store.Flags{Previous: from > 0, Next: to < length}}
	if surplus := p.to - p.from - page.Limit; surplus > 0 && page.Last {
		p.from, p.Previous = p.from+surplus, true
	} else if surplus > 0 {
		p.to, p.Next = p.to-surplus, true
	}
	return p
}

// cursor marks an element by how many lie behind it, itself counted: which stays
// as it is when newer ones are put in front.
func (s seal) cursor(behind int) store.Cursor {
	return s.close(store.Cursor(binary.BigEndian.AppendUint64(nil, uint64(behind))))
}

// position is where the element of a cursor stands now.
func (s seal) position(sealed store.Cursor, length int) (int, error) {
	cursor, err := s.open(sealed)
	if err != nil || len(cursor) != 8 {
		return 0, store.ErrCursor
	}
	behind := binary.BigEndian.Uint64([]byte(cursor))
	if behind == 0 || behind > uint64(length) {
		return 0, store.ErrCursor
	}
	return length - int(behind), nil
}

// numbers are those of the transactions at the positions of a span, the newest
// of all being the last one.
func (p span) numbers(last diplomacy.TxNumber) []diplomacy.TxNumber {
	numbers := make([]diplomacy.TxNumber, 0, p.to-p.from)
	for i := p.from; i < p.to; i++ {
		numbers = append(numbers, last-diplomacy.TxNumber(i))
	}
	return slices.Clip(numbers)
}
