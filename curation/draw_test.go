package curation_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"chancery/curation"
	"chancery/diplomacy"
	"chancery/store"

	"pgregory.net/rapid"
)

// drawer draws requests about a small world, so that keys collide and references
// meet.
type drawer struct {
	*rapid.T
	known  []diplomacy.ID // all that ever were
	labels map[diplomacy.Kind][]string
}

func (d *drawer) know(id diplomacy.ID) {
	if id != 0 && !slices.Contains(d.known, id) {
		d.known = append(d.known, id)
	}
}

var (
	someKinds = []diplomacy.Kind{
		diplomacy.KindPerson, diplomacy.KindPerson, diplomacy.KindOffice, diplomacy.KindSource, diplomacy.KindState,
		diplomacy.KindEvent, diplomacy.KindObservation,
	}
	somePredicates = []diplomacy.Kind{
		diplomacy.HoldsOffice, diplomacy.HoldsOffice, diplomacy.ParticipatedIn, diplomacy.OfficeOf, diplomacy.HasRelationsWith, diplomacy.Succeeds,
	}
	someNames       = []any{"Ann", "ÁNN", "Bob", "Əli", "?", "Ann 2"}
	someSlugs       = []any{"ann", "ann-2", "bob", "cat"}
	someIdentifiers = []any{"wikidata:Q1", "wikidata:q1", "viaf:2", "iso:1"}
	someTimes       = []any{"2018", "2019/..", "2019-06-01", "../2020", "2019?"}
	keys            = func() []store.Key {
		var all []store.Key
		for _, slug := range someSlugs {
			for _, kind := range diplomacy.EntityKinds {
				all = append(all, store.Key{Kind: kind, Scheme: store.SchemeSlug, Value: slug.(string)})
			}
		}
		for _, text := range someIdentifiers {
			i, _ := diplomacy.ParseIdentifier(text.(string))
			all = append(all, store.Key{Scheme: i.Scheme, Value: i.Value})
		}
		return all
	}()
)

func (d *drawer) seldom(what string) bool { return rapid.IntRange(0, 39).Draw(d.T, what) == 0 }

func (d *drawer) often(what string) bool { return rapid.IntRange(0, 3).Draw(d.T, what) != 0 }

// request draws a commit.
func (d *drawer) request() curation.Request {
	r := curation.Request{
		Author: "eve", Message: "test", DryRun: d.seldom("dry"), Unsourced: rapid.Bool().Draw(d.T, "unsourced"),
	}
	if d.seldom("key") {
		r.Key = fmt.Sprint(len(d.known), rapid.IntRange(0, 2).Draw(d.T, "which key"))
	}
	d.labels = map[diplomacy.Kind][]string{}
	for i := range rapid.IntRange(1, 5).Draw(d.T, "changes") {
		r.Changes = append(r.Changes, d.change(i))
	}
	for i := range r.Changes {
		if c := &r.Changes[i]; c.Action == curation.Put || c.Action == curation.Patch {
			c.Fields = d.fields(c.Kind, c.Action == curation.Patch)
		}
	}
	for _, predicate := range somePredicates {
		for _, label := range d.labels[predicate] {
			if d.often("source it") {
				r.Changes = append(r.Changes, curation.Change{Kind: diplomacy.KindEvidence, Fields: curation.Fields{"about": label, "source": "Source/gazette"}})
			}
		}
		d.labels[predicate] = nil
	}
	for i := range r.Changes {
		r.Changes[i].Path = []string{"changes", fmt.Sprint(i)}
	}
	return r
}

// change draws what is to be done, and to which record.
func (d *drawer) change(i int) curation.Change {
	c := curation.Change{Action: rapid.SampledFrom([]curation.Action{curation.Put, curation.Put, curation.Put, curation.Patch, curation.Patch, curation.Close, curation.Confirm}).Draw(d.T, "action")}
	switch {
	case c.Action == curation.Put && d.often("new"):
		c.Kind = d.kind()
		c.Label = fmt.Sprintf("_:%s%d", c.Kind, i)
		d.labels[c.Kind] = append(d.labels[c.Kind], c.Label)
		return c
	case c.Action == curation.Confirm && !d.seldom("confirm what"):
		c.Target = d.idOf(diplomacy.KindEvidence)
	case c.Action == curation.Close && d.often("a leaf"):
		c.Target = d.idOf(append(somePredicates, diplomacy.KindEvidence)...)
	default:
		c.Target = d.idOf(0)
		c.WithLinks = c.Action == curation.Close && d.often("with links")
	}
	if id, err := diplomacy.ParseID(string(c.Target)); err == nil {
		c.Kind = id.Kind()
	}
	c.Expected = rapid.SampledFrom([]uint32{0, 0, 0, 0, 0, 0, 1, 2}).Draw(d.T, "expected")
	return c
}

func (d *drawer) kind() diplomacy.Kind {
	switch rapid.IntRange(0, 4).Draw(d.T, "sort") {
	case 0, 1:
		return rapid.SampledFrom(someKinds).Draw(d.T, "kind")
	case 2, 3:
		return diplomacy.KindEvidence
	}
	return rapid.SampledFrom(somePredicates).Draw(d.T, "predicate")
}

// idOf is the reference of a record that is or was known, of a kind or of any.
func (d *drawer) idOf(kinds ...diplomacy.Kind) curation.Ref {
	fit := d.known
	if kinds[0] != 0 {
		fit = slices.DeleteFunc(slices.Clone(d.known), func(id diplomacy.ID) bool { return !slices.Contains(kinds, id.Kind()) })
	}
	if len(fit) == 0 {
		return curation.Ref(diplomacy.MakeID(diplomacy.KindPerson, 7).String())
	}
	return curation.Ref(rapid.SampledFrom(fit).Draw(d.T, "id").String())
}

// of is a reference that may be to a change of the same commit.
func (d *drawer) of(kinds ...diplomacy.Kind) any {
	if d.seldom("wrong") {
		return rapid.SampledFrom([]any{"_:none", "Person/ann", "wikidata:Q1", "x", json.Number("7")}).Draw(d.T, "reference")
	}
	var labels []string
	for _, kind := range kinds {
		labels = append(labels, d.labels[kind]...)
	}
	if len(labels) > 0 && rapid.Bool().Draw(d.T, "label") {
		return rapid.SampledFrom(labels).Draw(d.T, "of")
	}
	return string(d.idOf(kinds...))
}

// fields draws values, of a patch perhaps only some, and perhaps nil.
func (d *drawer) fields(kind diplomacy.Kind, patch bool) curation.Fields {
	f := curation.Fields{}
	switch rule := diplomacy.RuleOf(kind); {
	case kind.IsEntity():
		d.entity(kind, f)
	case rule != nil:
		if !patch {
			f["subject"], f["object"] = d.of(rule.Subjects...), d.of(rule.Objects...)
		}
		f["valid"] = rapid.SampledFrom(someTimes).Draw(d.T, "valid")
		if kind == diplomacy.ParticipatedIn && rapid.Bool().Draw(d.T, "behalf") {
			f["onBehalfOf"] = d.of(diplomacy.KindState)
		}
		f["restricted"] = !d.often("restricted")
	default:
		if !patch {
			f["about"] = d.of(append(somePredicates, diplomacy.KindPerson)...)
		}
		f["source"] = d.of(diplomacy.KindSource)
		f["part"] = rapid.SampledFrom([]any{"START", "WHOLE", nil}).Draw(d.T, "part")
	}
	for _, name := range slices.Sorted(maps.Keys(f)) {
		if patch && rapid.Bool().Draw(d.T, "leave") {
			delete(f, name)
		} else if d.seldom("bad") {
			f[name] = rapid.SampledFrom([]any{nil, "", true, []any{}, map[string]any{"x": "y"}}).Draw(d.T, "value")
		}
	}
	return f
}

func (d *drawer) entity(kind diplomacy.Kind, f curation.Fields) {
	f["name"] = rapid.SampledFrom(someNames).Draw(d.T, "name")
	if rapid.Bool().Draw(d.T, "with slug") {
		f["slug"] = rapid.SampledFrom(someSlugs).Draw(d.T, "slug")
	}
	if rapid.Bool().Draw(d.T, "with identifier") {
		f["identifiers"] = []any{rapid.SampledFrom(someIdentifiers).Draw(d.T, "identifier")}
	}
	switch kind {
	case diplomacy.KindOffice:
		f["kind"] = "MINISTER"
	case diplomacy.KindSource:
		f["kind"] = "BOOK"
		f["restricted"] = d.seldom("restricted")
	case diplomacy.KindEvent:
		f["kind"], f["date"] = "MEETING", rapid.SampledFrom(someTimes).Draw(d.T, "date")
	case diplomacy.KindObservation:
		f["indicator"], f["period"], f["unit"], f["amount"] = "EXPORTS", "2018", "USD", json.Number("1.5")
	}
}

func (d *drawer) judge() curation.JudgeRequest {
	kind := rapid.SampledFrom([]diplomacy.Kind{diplomacy.KindPerson, diplomacy.KindPerson, diplomacy.KindEvent, diplomacy.KindOffice}).Draw(d.T, "judged")
	return curation.JudgeRequest{
		A: d.idOf(kind), B: d.idOf(kind), Reasons: []string{"test"},
		Verdict: rapid.SampledFrom([]diplomacy.Term{"SAME", "SAME", "DIFFERENT", "UNSURE"}).Draw(d.T, "verdict"),
	}
}
