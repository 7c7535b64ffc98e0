package storetest

import (
	"fmt"

	"chancery/diplomacy"
	"chancery/store"

	"pgregory.net/rapid"
)

// question is one call of a Reader.
type question struct {
	what string
	ask  func(store.Reader) (any, error)
}

// drawQuestion draws a call about some of the ids. In a write its own
// transaction is not asked for: it is none yet.
func drawQuestion(t *rapid.T, ids []diplomacy.ID, writing bool) question {
	asked := rapid.SliceOfN(rapid.SampledFrom(append(ids, 0, diplomacy.MakeID(diplomacy.KindEvent, 1))), 0, 5).Draw(t, "ids")
	n := diplomacy.TxNumber(rapid.IntRange(0, 9).Draw(t, "number"))
	limit := rapid.IntRange(0, 4).Draw(t, "limit")
	keys := rapid.SliceOfN(rapid.Custom(drawKey), 0, 5).Draw(t, "keys")
	links, list := drawLinkQuery(t, ids), drawListQuery(t)
	questions := []question{
		{"receipt", func(r store.Reader) (any, error) {
			n, text, err := r.Receipt(background, someReceipts[limit%len(someReceipts)])
			return fmt.Sprintf("%d %q", n, text), err
		}},
		{"records", func(r store.Reader) (any, error) { return r.Records(background, asked) }},
		{fmt.Sprint("find ", keys), func(r store.Reader) (any, error) { return r.Find(background, keys) }},
		{"same", func(r store.Reader) (any, error) { return r.Same(background, asked) }},
		{"versions", func(r store.Reader) (any, error) { return r.Versions(background, asked, n, limit) }},
		{fmt.Sprintf("links %+v", links), func(r store.Reader) (any, error) { return r.Links(background, links) }},
		{fmt.Sprintf("count links %+v", links), func(r store.Reader) (any, error) { return r.CountLinks(background, links) }},
		{fmt.Sprintf("list %+v", list), func(r store.Reader) (any, error) { return r.List(background, list) }},
		{fmt.Sprintf("count list %+v", list), func(r store.Reader) (any, error) { return r.CountList(background, list) }},
	}
	if !writing {
		questions = append(questions,
			question{"transactions", func(r store.Reader) (any, error) {
				return r.Transactions(background, []diplomacy.TxNumber{n, 1, n + 1})
			}},
			question{"changes", func(r store.Reader) (any, error) { return r.Changes(background, n, limit, limit) }})
	}
	return pick(t, "question", questions...)
}

func drawKey(t *rapid.T) store.Key {
	kind := pick(t, "kind", append(someKinds, diplomacy.KindNone)...)
	if rapid.Bool().Draw(t, "by slug") {
		return slug(kind, pick(t, "slug", someSlugs...))
	}
	i := pick(t, "identifier", someIdentifiers...)
	return store.Key{Kind: pick(t, "wanted", diplomacy.KindNone, kind), Scheme: i.Scheme, Value: i.Value}
}

func drawPage(t *rapid.T) store.Page {
	return store.Page{Limit: pick(t, "limit", 0, 1, 2, 3, 9, store.MaxPage, store.MaxPage+1), Last: rapid.Bool().Draw(t, "last")}
}

func drawLinkQuery(t *rapid.T, ids []diplomacy.ID) store.LinkQuery {
	ids = append(ids, diplomacy.MakeID(diplomacy.KindEvent, 1))
	q := store.LinkQuery{
		Of:         rapid.SliceOfN(rapid.SampledFrom(ids), 1, 6).Draw(t, "of"),
		Along:      rapid.SliceOfN(rapid.Custom(drawArc), 1, 5).Draw(t, "along"),
		Descending: rapid.Bool().Draw(t, "descending"),
		Distinct:   rapid.Bool().Draw(t, "distinct"),
		Page:       drawPage(t),
	}
	if w := &q.Where; rapid.Bool().Draw(t, "filtered") {
		w.Nodes = rapid.SliceOfN(rapid.SampledFrom(ids), 0, 9).Draw(t, "nodes")
		w.Kinds = some(t, "kinds", someKinds...)
		w.Roles = some(t, "roles", "PARTICIPANT", diplomacy.Roles[1], "SUBSTANTIVE", "")
		w.Ranks = some[diplomacy.Term](t, "ranks", "NORMAL", "PREFERRED", "")
		w.Facets, w.Times = drawFacets(t), drawTimes(t)
	}
	return q
}

func drawListQuery(t *rapid.T) store.ListQuery {
	q := store.ListQuery{
		Kind:       pick(t, "kind", append(someKinds, diplomacy.ParticipatedIn)...),
		Order:      pick(t, "order", store.ByName, store.ByDate, store.ByID),
		Descending: rapid.Bool().Draw(t, "descending"),
		Page:       drawPage(t),
	}
	if rapid.Bool().Draw(t, "filtered") {
		q.Where.Facets, q.Where.Times = drawFacets(t), drawTimes(t)
		q.Where.Name.Contains = pick(t, "contains", "", "", "N")
		q.Where.Name.StartsWith = pick(t, "starts", "", "", "an", "X")
		q.Where.Name.Equals = pick(t, "equals", "", "", "", "ann", "Fin")
	}
	return q
}

// drawArc prefers what the universe has.
func drawArc(t *rapid.T) store.Arc {
	kind := pick(t, "kind", append(somePredicates, diplomacy.KindEvidence, diplomacy.KindJudgement, diplomacy.KindPerson)...)
	return store.Arc{Kind: kind, Direction: pick(t, "direction", store.Out, store.Out, store.In, store.In, store.Behalf, store.Capacity, store.ForWhom)}
}

// some draws a part of a filter, often none.
func some[E any](t *rapid.T, what string, from ...E) []E {
	if rapid.IntRange(0, 2).Draw(t, "any "+what) > 0 {
		return nil
	}
	return rapid.SliceOfN(rapid.SampledFrom(from), 1, 3).Draw(t, what)
}

func drawFacets(t *rapid.T) []store.FacetTest {
	return some(t, "facets",
		store.FacetTest{Facet: diplomacy.FacetKind, Terms: []diplomacy.Term{"MEETING", "NGO", "MINISTER", ""}},
		store.FacetTest{Facet: diplomacy.FacetMedium, Terms: []diplomacy.Term{"TELEPHONE"}},
		store.FacetTest{Facet: diplomacy.FacetMedium, Terms: []diplomacy.Term{"", "VIDEO"}})
}

func drawTimes(t *rapid.T) []store.TimeTest {
	if rapid.IntRange(0, 2).Draw(t, "timed") > 0 {
		return nil
	}
	return times(
		pick(t, "relation", store.AsOf, store.Holds, store.Within, store.Starts, store.Ends, store.Begun),
		pick(t, "window", "2018", "2018-01-01", "2019", "-0050/2018", ".."+"/2019"),
		pick(t, "match", diplomacy.Possible, diplomacy.Certain))
}
