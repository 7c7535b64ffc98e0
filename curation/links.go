package curation

import (
	"context"
	"maps"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// linksOf reads all links of records along some arcs, in their order: the first page
// of all in one call, the rest of those that have more record by record.
func linksOf(ctx context.Context, r store.Reader, ids []diplomacy.ID, arcs ...store.Arc) (map[diplomacy.ID][]store.Link, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	q := store.LinkQuery{Of: ids, Along: arcs, Page: store.Page{Limit: store.MaxPage}}
	pages, err := r.Links(ctx, q)
	if err != nil {
		return nil, err
	}
	links := make(map[diplomacy.ID][]store.Link, len(ids))
	for i, id := range ids {
		links[id] = pages[i].Links
		if !pages[i].Next {
			continue
		}
		for link, err := range store.LinksAfter(ctx, r, id, pages[i].Links[len(pages[i].Links)-1].Cursor, arcs...) {
			if err != nil {
				return nil, err
			}
			links[id] = append(links[id], link)
		}
	}
	return links, nil
}

// recordsOf looks up records; it asks for nothing if there are no ids.
func recordsOf(ctx context.Context, r store.Reader, ids []diplomacy.ID) ([]diplomacy.Record, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return r.Records(ctx, ids)
}

// viaRecords looks up the records of links.
func viaRecords(ctx context.Context, r store.Reader, groups ...map[diplomacy.ID][]store.Link) (map[diplomacy.ID]diplomacy.Record, error) {
	found := map[diplomacy.ID]diplomacy.Record{}
	for _, links := range groups {
		for _, of := range links {
			for _, link := range of {
				found[link.Via] = nil
			}
		}
	}
	ids := slices.Sorted(maps.Keys(found))
	records, err := recordsOf(ctx, r, ids)
	for i, record := range records {
		found[ids[i]] = record
	}
	return found, err
}
