package model

import (
	"context"
	"encoding/binary"
	"slices"

	"chancery/curation"
	"chancery/diplomacy"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
)

// Memo keeps what takes long to find out of one state of the graph, for all that
// may see the same of it. One goroutine at a time finds out; the others wait.
type Memo struct {
	turn       chan struct{} // holds one token
	revision   diplomacy.TxNumber
	duplicates []curation.Duplicate
}

// NewMemo makes an empty one.
func NewMemo() *Memo {
	m := &Memo{turn: make(chan struct{}, 1)}
	m.turn <- struct{}{}
	return m
}

// Share gives the operation a memo, which others with the same view may have too.
func (o *Operation) Share(m *Memo) { o.memo = m }

// Duplicates pages over pairs of things that may be the same.
func Duplicates(ctx context.Context) (*DuplicateConnection, error) {
	o, field := From(ctx), graphql.GetFieldContext(ctx).Field
	page, err := pageArgs(rawArgs(ctx, field))
	if err != nil {
		return nil, err
	}
	all, err := o.duplicates(ctx)
	if err != nil {
		return nil, err
	}
	part, err := duplicateSeal.between(page, all)
	if err != nil {
		return nil, err
	}
	list := &DuplicateConnection{Flags: part.Flags, count: store.Count{N: len(all)}}
	for i := part.from; i < part.to; i++ {
		list.edges = append(list.edges, &ListEdge[*curation.Duplicate]{duplicateSeal.close(duplicateKey(all[i])), &all[i]})
	}
	return list, o.aheadDuplicates(ctx, field, all[part.from:part.to])
}

// duplicates are all pairs. Those of the present are kept: of a past state it may
// change what is restricted in it.
func (o *Operation) duplicates(ctx context.Context) ([]curation.Duplicate, error) {
	reader, err := o.Reader(ctx)
	if err != nil {
		return nil, err
	}
	m := o.memo
	if m == nil {
		return curation.Duplicates(ctx, reader)
	}
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-m.turn:
	}
	defer func() { m.turn <- struct{}{} }()
	if o.known == 0 && m.duplicates != nil && m.revision == reader.Revision() {
		return m.duplicates, nil
	}
	found, err := curation.Duplicates(ctx, reader)
	if err == nil && o.known == 0 && reader.Revision() > m.revision {
		m.revision, m.duplicates = reader.Revision(), slices.Clip(append([]curation.Duplicate{}, found...))
	}
	return found, err
}

// aheadDuplicates fetches what is selected of the things of pairs.
func (o *Operation) aheadDuplicates(ctx context.Context, field graphql.CollectedField, shown []curation.Duplicate) error {
	for _, selection := range o.wants(ctx, field).nodeSelections {
		for _, f := range collect(ctx, selection, "Duplicate") {
			var records []diplomacy.Record
			for _, d := range shown {
				switch f.Name {
				case "a":
					records = append(records, d.A)
				case "b":
					records = append(records, d.B)
				}
			}
			if err := o.aheadRecords(ctx, f.Selections, records); err != nil {
				return err
			}
		}
	}
	return nil
}

var duplicateSeal = newSeal("duplicates")

// duplicateKey is a pair's place in the order of pairs, which it keeps when others
// are judged and go: most reasons first, then by ids.
func duplicateKey(d curation.Duplicate) store.Cursor {
	key := binary.BigEndian.AppendUint32(nil, ^uint32(len(d.Reasons)))
	key = binary.BigEndian.AppendUint64(key, uint64(d.A.Header().ID))
	return store.Cursor(binary.BigEndian.AppendUint64(key, uint64(d.B.Header().ID)))
}

// between cuts a page out of the pairs behind one cursor and before another.
func (s seal) between(page store.Page, all []curation.Duplicate) (span, error) {
	after, err := s.open(page.After)
	if err != nil {
		return span{}, err
	}
	before, err := s.open(page.Before)
	if err != nil {
		return span{}, err
	}
	from, to := 0, len(all)
	for from < to && after != "" && duplicateKey(all[from]) <= after {
		from++
	}
	for to > from && before != "" && duplicateKey(all[to-1]) >= before {
		to--
	}
	return cut(from, to, len(all), page), nil
}
