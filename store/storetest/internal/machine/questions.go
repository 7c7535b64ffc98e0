package machine

import (
	"fmt"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"

	"pgregory.net/rapid"
)

// question is one call of a Reader.
type question struct {
	what string
	ask  func(store.Reader) (any, error)
}

// drawQuestion draws a call about some of the ids. In a write its own
// transaction is not asked for: it does not exist yet.
func drawQuestion(t *rapid.T, ids []diplomacy.ID, writing bool) question {
	asked := rapid.SliceOfN(rapid.SampledFrom(append(ids, 0, diplomacy.MakeID(diplomacy.KindEvent, 1))), 0, 5).Draw(t, "ids")
	n := diplomacy.TxNumber(rapid.IntRange(0, 9).Draw(t, "number"))
	limit := rapid.IntRange(0, 4).Draw(t, "limit")
	keys := rapid.SliceOfN(rapid.Custom(drawKey), 0, 5).Draw(t, "keys")
	links, list := drawLinkQuery(t, ids), drawListQuery(t, ids)
	questions := []question{
		{"receipt", func(r store.Reader) (any, error) {
			n, text, err := r.Receipt(testbed.Background, someReceipts[limit%len(someReceipts)])
			return fmt.Sprintf("%d %q", n, text), err
		}},
		{"records", func(r store.Reader) (any, error) { return r.Records(testbed.Background, asked) }},
		{fmt.Sprint("find ", keys), func(r store.Reader) (any, error) { return r.Find(testbed.Background, keys) }},
		{"same", func(r store.Reader) (any, error) { return r.Same(testbed.Background, asked) }},
		{"versions", func(r store.Reader) (any, error) { return r.Versions(testbed.Background, asked, n, limit) }},
		{fmt.Sprintf("links %+v", links), func(r store.Reader) (any, error) { return r.Links(testbed.Background, links) }},
		{fmt.Sprintf("count links %+v", links), func(r store.Reader) (any, error) { return r.CountLinks(testbed.Background, links) }},
		{fmt.Sprintf("list %+v", list), func(r store.Reader) (any, error) { return r.List(testbed.Background, list) }},
		{fmt.Sprintf("count list %+v", list), func(r store.Reader) (any, error) { return r.CountList(testbed.Background, list) }},
	}
	if !writing {
		questions = append(questions,
			question{"transactions", func(r store.Reader) (any, error) {
				return r.Transactions(testbed.Background, []diplomacy.TxNumber{n, 1, n + 1})
			}},
			question{"changes", func(r store.Reader) (any, error) { return r.Changes(testbed.Background, n, limit, limit) }})
	}
	return pick(t, "question", questions...)
}

func drawKey(t *rapid.T) store.Key {
	kind := pick(t, "kind", append(someKinds, diplomacy.KindNone)...)
	if rapid.Bool().Draw(t, "by slug") {
		return testbed.Slug(kind, pick(t, "slug", someSlugs...))
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
	if rapid.Bool().Draw(t, "not deprecated") {
		q.Where.Ranks = store.NotDeprecated
	}
	return q
}

func drawListQuery(t *rapid.T, ids []diplomacy.ID) store.ListQuery {
	q := store.ListQuery{
		Kind:       pick(t, "kind", append(someKinds, diplomacy.ParticipatedIn)...),
		Order:      pick(t, "order", store.ByName, store.ByDate, store.ByID),
		Descending: rapid.Bool().Draw(t, "descending"),
		Page:       drawPage(t),
	}
	if rapid.Bool().Draw(t, "filtered") {
		q.Where = drawListFilter(t, ids, 2)
	}
	return q
}

// drawListFilter draws a filter with others nested to a depth.
func drawListFilter(t *rapid.T, ids []diplomacy.ID, depth int) store.ListFilter {
	f := store.ListFilter{Facets: drawFacets(t), Times: drawTimes(t), Existed: drawTimes(t)}
	f.Name.Contains = pick(t, "contains", "", "", "N")
	f.Name.StartsWith = pick(t, "starts", "", "", "an", "X", strings.Repeat("x", 128)+"Y")
	f.Name.Equals = pick(t, "equals", "", "", "", "ann", "Fin", strings.Repeat("x", 128))
	f.Schemes = some(t, "schemes", someIdentifiers[0].Scheme, "none")
	f.Among = some(t, "among", ids, ids[:len(ids)/2], nil)
	if depth > 0 {
		nested := rapid.Custom(func(t *rapid.T) store.ListFilter { return drawListFilter(t, ids, depth-1) })
		f.Not = rapid.SliceOfN(nested, 0, 2).Draw(t, "not")
		f.Or = rapid.SliceOfN(nested, 0, 3).Draw(t, "or")
	}
	return f
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
	tests := testbed.Times(
		pick(t, "relation", store.AsOf, store.Holds, store.Within, store.Starts, store.Ends, store.Begun, store.Undated, store.Dated),
		pick(t, "window", "2018", "2018-01-01", "2019", "-0050/2018", ".."+"/2019"),
		pick(t, "match", diplomacy.Possible, diplomacy.Certain))
	tests[0].Undated = rapid.Bool().Draw(t, "undated")
	return tests
}
