package findings

import (
	"context"

	"chancery/diplomacy"
	"chancery/store"
)

// Impact is a record that loses its last support if a source is withdrawn.
type Impact struct {
	Record   diplomacy.ID   // a statement or an entity; canonical
	Evidence []diplomacy.ID // what supports it, all from the source
	Behind   store.Cursor   // position behind it
}

// ImpactPage is a part of what a source alone supports. It may be short, or even empty,
// while there is More: the search has come as far as Next.
type ImpactPage struct {
	Impacts []Impact
	Next    store.Cursor
	More    bool
}

// MaxImpacts is how many records one call of ImpactOf looks at.
const MaxImpacts = 500

// ImpactOf returns the statements and entities that evidence from a source supports and
// no evidence from another one, in the order of their ids. Evidence that contradicts is
// no support. Of one record it reads store.MaxPage pieces of evidence.
//
// Errors: store.ErrCursor, those of the Reader.
func ImpactOf(ctx context.Context, r store.Reader, source diplomacy.ID, after store.Cursor, limit int) (ImpactPage, error) {
	page := ImpactPage{Next: after, More: true}
	for looked := 0; page.More && looked < MaxImpacts; {
		const atOnce = 50 // not many, since each may have much evidence
		pages, err := r.Links(ctx, store.LinkQuery{
			Of: []diplomacy.ID{source}, Along: []store.Arc{{Kind: diplomacy.KindEvidence, Direction: store.In}}, Distinct: true,
			Page: store.Page{After: page.Next, Limit: atOnce},
		})
		if err != nil {
			return ImpactPage{}, err
		}
		links := pages[0].Links
		evidence, err := supportedBy(ctx, r, source, links)
		if err != nil {
			return ImpactPage{}, err
		}
		for i, l := range links {
			if len(evidence[i]) > 0 {
				if len(page.Impacts) >= limit {
					return page, nil
				}
				page.Impacts = append(page.Impacts, Impact{l.Node, evidence[i], l.Cursor})
			}
			page.Next = l.Cursor
		}
		page.More = pages[0].Next
		looked += len(links)
	}
	return page, nil
}

// supportedBy returns for each link the evidence from the source that supports the record
// at its other end; nil if another source supports it, too.
func supportedBy(ctx context.Context, r store.Reader, source diplomacy.ID, links []store.Link) ([][]diplomacy.ID, error) {
	about := make([]diplomacy.ID, len(links))
	for i, l := range links {
		about[i] = l.Node
	}
	pages, err := r.Links(ctx, store.LinkQuery{
		Of: about, Along: []store.Arc{{Kind: diplomacy.KindEvidence, Direction: store.Out}}, Page: store.Page{Limit: store.MaxPage},
	})
	if err != nil {
		return nil, err
	}
	var vias []diplomacy.ID
	for _, page := range pages {
		for _, l := range page.Links {
			vias = append(vias, l.Via)
		}
	}
	records, err := r.Records(ctx, vias)
	if err != nil {
		return nil, err
	}
	supporting := make([][]diplomacy.ID, len(links))
	for i, page := range pages {
		alone := !page.Next
		for _, l := range page.Links {
			e, ok := records[0].(*diplomacy.Evidence)
			records = records[1:]
			switch {
			case !ok || e.Stance != "SUPPORTS":
			case l.Node == source:
				supporting[i] = append(supporting[i], l.Via)
			default:
				alone = false
			}
		}
		if !alone {
			supporting[i] = nil
		}
	}
	return supporting, nil
}
