package paging

import (
	"encoding/binary"
	"hash/crc32"

	"chancery/diplomacy"
	"chancery/store"
)

// Seal marks the cursors of one list that is paged in memory with a checksum,
// so that cursors of other lists are rejected.
type Seal uint32

// NewSeal returns the seal of a list by its name.
func NewSeal(list string) Seal { return Seal(crc32.ChecksumIEEE([]byte(list))) }

func (s Seal) checksum(c store.Cursor) uint32 {
	return crc32.Update(uint32(s), crc32.IEEETable, []byte(c))
}

// Seal appends the checksum to a cursor.
func (s Seal) Seal(c store.Cursor) store.Cursor {
	return store.Cursor(binary.BigEndian.AppendUint32([]byte(c), s.checksum(c)))
}

// Open returns a cursor without its checksum, or store.ErrCursor if that is of
// another list.
func (s Seal) Open(c store.Cursor) (store.Cursor, error) {
	if c == "" {
		return "", nil
	}
	cut := len(c) - 4
	if cut < 0 || binary.BigEndian.Uint32([]byte(c[cut:])) != s.checksum(c[:cut]) {
		return "", store.ErrCursor
	}
	return c[:cut], nil
}

// Numbered returns the cursor of an element by its number, counted from 1 at the
// far end of the list: it stays the same when elements are added at the near end.
func (s Seal) Numbered(number int) store.Cursor {
	return s.Seal(store.Cursor(binary.BigEndian.AppendUint64(nil, uint64(number))))
}

// position returns the index, from the near end, of a numbered cursor in a list of
// some length.
func (s Seal) position(sealed store.Cursor, length int) (int, error) {
	cursor, err := s.Open(sealed)
	if err != nil || len(cursor) != 8 {
		return 0, store.ErrCursor
	}
	number := binary.BigEndian.Uint64([]byte(cursor))
	if number == 0 || number > uint64(length) {
		return 0, store.ErrCursor
	}
	return length - int(number), nil
}

// Span is the part of a list that a page shows: the indexes from one up to another,
// counted from the near end.
type Span struct {
	From, To int
	store.Flags
}

// Span returns the page of a list with numbered cursors.
func (s Seal) Span(page store.Page, length int) (Span, error) {
	return s.SpanWithin(page, length, length)
}

// SpanWithin is Span for a list of which only the nearest elements are visible.
func (s Seal) SpanWithin(page store.Page, length, visible int) (Span, error) {
	from, to, err := 0, visible, error(nil)
	if page.After != "" {
		from, err = s.position(page.After, length)
		from++
	}
	if page.Before != "" && err == nil {
		to, err = s.position(page.Before, length)
	}
	if err != nil {
		return Span{}, err
	}
	from, to = min(from, visible), min(to, visible)
	return Limited(from, max(from, to), visible, page), nil
}

// SpanBetween is Span for the part of a list between two indexes. Its flags say whether
// that part has more.
func (s Seal) SpanBetween(page store.Page, length int, part Span) (Span, error) {
	from, to := part.From, part.To
	if page.After != "" {
		at, err := s.position(page.After, length)
		if err != nil {
			return Span{}, err
		}
		from = min(max(from, at+1), to)
	}
	if page.Before != "" {
		at, err := s.position(page.Before, length)
		if err != nil {
			return Span{}, err
		}
		to = max(min(to, at), from)
	}
	p := Limited(from-part.From, to-part.From, part.To-part.From, page)
	p.From, p.To = p.From+part.From, p.To+part.From
	return p, nil
}

// SpanOf returns the page of a list whose keys ascend, between the cursors of the page.
func (s Seal) SpanOf(page store.Page, length int, key func(int) store.Cursor) (Span, error) {
	after, err := s.Open(page.After)
	if err != nil {
		return Span{}, err
	}
	before, err := s.Open(page.Before)
	if err != nil {
		return Span{}, err
	}
	from, to := 0, length
	for from < to && after != "" && key(from) <= after {
		from++
	}
	for to > from && before != "" && key(to-1) >= before {
		to--
	}
	return Limited(from, to, length, page), nil
}

// Limited cuts the range from one index up to another to the length of a page.
func Limited(from, to, length int, page store.Page) Span {
	p := Span{from, to, store.Flags{Previous: from > 0, Next: to < length}}
	if surplus := p.To - p.From - page.Limit; surplus > 0 && page.Last {
		p.From, p.Previous = p.From+surplus, true
	} else if surplus > 0 {
		p.To, p.Next = p.To-surplus, true
	}
	return p
}

// Numbers returns the transactions at the indexes of a span, where the last
// transaction has index 0.
func (p Span) Numbers(last diplomacy.TxNumber) []diplomacy.TxNumber {
	numbers := make([]diplomacy.TxNumber, 0, p.To-p.From)
	for i := p.From; i < p.To; i++ {
		numbers = append(numbers, last-diplomacy.TxNumber(i))
	}
	return numbers
}
