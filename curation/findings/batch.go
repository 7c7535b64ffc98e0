package findings

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"chancery/diplomacy"
	"chancery/store"
)

// Limits of what is read around one entity: links along all arcs, evidence of one
// record. Of more, those of the latest time are read.
const (
	maxLinks    = store.MaxPage
	maxEvidence = 50
)

// batch is what was read around some entities, in a number of calls that does not
// depend on how many they are.
type batch struct {
	ctx context.Context
	r   store.Reader

	records  map[diplomacy.ID]diplomacy.Record // by the id asked for; the canonical record
	times    map[diplomacy.TxNumber]time.Time  // of transactions
	evidence map[diplomacy.ID][]support        // by the canonical id of what it is about
	issuers  map[diplomacy.ID][]diplomacy.ID   // of sources: the states, or else actors, that issued them
	owners   map[diplomacy.ID][]diplomacy.ID   // of offices and organizations: what they belong to
	above    map[arcOf][]edge                  // for circles
	siblings map[diplomacy.ID][]*diplomacy.Observation
	twins    map[diplomacy.ID][]diplomacy.ID // events that may be the same
	sides    map[diplomacy.ID][]diplomacy.ID // of events
	judged   map[pair]bool
	around   []*neighbourhood
}

// neighbourhood is an entity and what surrounds it.
type neighbourhood struct {
	*batch
	id     diplomacy.ID
	entity diplomacy.Entity
	facts  []*fact // the statements that it owns, by time
	held   []*fact // of an office its tenures, by time
}

// fact is a statement with its evidence. Subject and Object are canonical.
type fact struct {
	*diplomacy.Statement
	id              diplomacy.ID // canonical
	subject, object diplomacy.ID
	evidence        []support
}

// support is evidence with its source.
type support struct {
	*diplomacy.Evidence
	source *diplomacy.Source
}

// readBatch reads around entities. Those that are not there are left out.
func readBatch(ctx context.Context, r store.Reader, entities []diplomacy.ID) (*batch, error) {
	b := &batch{ctx: ctx, r: r, records: map[diplomacy.ID]diplomacy.Record{}, times: map[diplomacy.TxNumber]time.Time{},
		evidence: map[diplomacy.ID][]support{}, issuers: map[diplomacy.ID][]diplomacy.ID{}, owners: map[diplomacy.ID][]diplomacy.ID{},
		above: map[arcOf][]edge{}, siblings: map[diplomacy.ID][]*diplomacy.Observation{}, twins: map[diplomacy.ID][]diplomacy.ID{},
		sides: map[diplomacy.ID][]diplomacy.ID{}, judged: map[pair]bool{}}
	if err := b.load(entities...); err != nil {
		return nil, err
	}
	for _, id := range entities {
		if e, ok := b.records[id].(diplomacy.Entity); ok {
			b.around = append(b.around, &neighbourhood{batch: b, id: e.Base().ID, entity: e})
		}
	}
	slices.SortFunc(b.around, func(x, y *neighbourhood) int { return cmp.Compare(x.id, y.id) })
	b.around = slices.CompactFunc(b.around, func(x, y *neighbourhood) bool { return x.id == y.id })
	for _, part := range []func() error{
		b.readFacts, b.readEvidence, b.readTimes, b.readSides, b.readIssuers, b.readAbove, b.readSiblings, b.readTwins, b.readJudgements,
	} {
		if err := part(); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// load looks up the records that were not looked up yet.
func (b *batch) load(wanted ...diplomacy.ID) error {
	missing := map[diplomacy.ID]bool{}
	for _, id := range wanted {
		if _, known := b.records[id]; !known && id != 0 {
			missing[id] = true
		}
	}
	ids := slices.Sorted(maps.Keys(missing))
	if len(ids) == 0 {
		return nil
	}
	records, err := b.r.Records(b.ctx, ids)
	if err != nil {
		return err
	}
	for i, id := range ids {
		b.records[id] = records[i]
		if records[i] != nil {
			b.records[records[i].Header().ID] = records[i]
		}
	}
	return nil
}

// canonical returns the id of the canonical record, if the record was loaded.
func (b *batch) canonical(id diplomacy.ID) diplomacy.ID {
	if r := b.records[id]; r != nil {
		return r.Header().ID
	}
	return id
}

// name returns the name of an entity for messages.
func (b *batch) name(id diplomacy.ID) string {
	if e, ok := b.records[id].(diplomacy.Entity); ok {
		return diplomacy.Shorten(e.Base().Label("en", diplomacy.Window{}).Value)
	}
	return id.String()
}

// links reads the links of entities along some arcs, the latest first, with a limit
// for each, and calls visit for each link.
func (b *batch) links(of []diplomacy.ID, arcs []store.Arc, where store.LinkFilter, limit int, visit func(of diplomacy.ID, l store.Link)) error {
	const atOnce = 100 // so that not all links are in memory together
	for some := range slices.Chunk(of, atOnce) {
		pages, err := b.r.Links(b.ctx, store.LinkQuery{Of: some, Along: arcs, Descending: true, Where: where, Page: store.Page{Limit: limit}})
		if err != nil {
			return err
		}
		for i, page := range pages {
			for _, l := range page.Links {
				visit(some[i], l)
			}
		}
	}
	return nil
}
