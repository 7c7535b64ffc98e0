package fetch

import (
	"context"
	"sort"

	"chancery/diplomacy"
	"chancery/graph/model"
	"chancery/graph/paging"
	"chancery/store"
)

// versionPage is a page of one record's versions, the newest first.
type versionPage struct {
	id      diplomacy.ID
	cursors paging.Seal
	length  int // the number of versions; cursors count them
	visible int // how many of them the reader may see, as far as that is known
	paging.Span

	records []diplomacy.Record // that were fetched
	first   int                // the index of the first of them
}

// newVersionPage returns the page among the newest versions of a record, of which
// some limit were fetched. The newest one's revision is the number of all versions;
// fewer are visible where the store returned fewer than the limit.
func newVersionPage(id diplomacy.ID, newest []diplomacy.Record, limit int, page store.Page) (*versionPage, error) {
	p := &versionPage{id: id, cursors: paging.NewSeal("history of " + id.String()), records: newest}
	if len(newest) > 0 {
		p.length = int(newest[0].Header().Revision)
	}
	p.visible = p.length
	if len(newest) < limit {
		p.visible = len(newest)
	}
	var err error
	p.Span, err = p.cursors.Span(page, p.length)
	if err == nil && p.visible < p.length {
		p.Span, err = p.cursors.SpanWithin(page, p.length, p.visible)
	}
	return p, err
}

// needed returns how many of the newest versions contain the page and the version
// before it, with which its last is compared.
func (p *versionPage) needed() int { return min(p.To+1, p.visible) }

// complete reports whether all versions that the page needs were fetched.
func (p *versionPage) complete() bool { return p.From == p.To || p.first+len(p.records) >= p.needed() }

// seek fetches a page that lies deep in a long history. The store finds versions by
// transaction; a binary search finds the transaction where the page begins, since
// revisions fall as transactions do.
func (p *versionPage) seek(ctx context.Context, reader store.Reader) error {
	revision := uint32(p.length - p.From)
	var err error
	last := int(p.records[0].Header().From)
	before := sort.Search(last, func(n int) bool {
		found, failed := reader.Versions(ctx, []diplomacy.ID{p.id}, diplomacy.TxNumber(n+1), 1)
		if failed != nil {
			err = failed
			return true
		}
		return len(found[0]) > 0 && found[0][0].Header().Revision >= revision
	})
	if err != nil {
		return err
	}
	found, err := reader.Versions(ctx, []diplomacy.ID{p.id}, diplomacy.TxNumber(before+1), p.needed()-p.From)
	if err == nil {
		p.first, p.records = p.From, found[0]
	}
	return err
}

// connection returns the page. Its cursors are numbered by revision.
func (p *versionPage) connection() *model.VersionConnection {
	list := &model.VersionConnection{Flags: p.Flags}
	for i := p.From; i < min(p.To, p.first+len(p.records)); i++ {
		version := &model.Version{Written: p.records[i-p.first]}
		if older := i - p.first + 1; older < len(p.records) {
			version.Before = p.records[older]
		}
		list.Items = append(list.Items, &model.ListEdge[*model.Version]{At: p.cursors.Numbered(p.length - i), Node: version})
	}
	return list
}
