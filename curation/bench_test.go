package curation_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"chancery/curation"
	"chancery/diplomacy"
	"chancery/store/bolt"
)

// BenchmarkCommit makes an event with ten participants and their evidence.
func BenchmarkCommit(b *testing.B) {
	db, err := bolt.Open(filepath.Join(b.TempDir(), "graph.db"), bolt.Options{NoSync: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	request := curation.Request{Changes: []curation.Change{
		{Kind: diplomacy.KindEvent, Label: "_:e", Fields: curation.Fields{"name": "Call", "kind": "CONVERSATION", "date": "2020-04-27"}},
		{Kind: diplomacy.KindSource, Label: "_:s", Fields: curation.Fields{"name": "Gazette", "kind": "NEWS_ARTICLE"}},
	}}
	for i := range 10 {
		person, part := fmt.Sprint("_:person", i), fmt.Sprint("_:part", i)
		request.Changes = append(request.Changes,
			curation.Change{Kind: diplomacy.KindPerson, Label: person, Fields: curation.Fields{"name": person, "slug": nil}},
			curation.Change{Kind: diplomacy.ParticipatedIn, Label: part, Fields: curation.Fields{"subject": person, "object": "_:e"}},
			curation.Change{Kind: diplomacy.KindEvidence, Fields: curation.Fields{"about": part, "source": "_:s"}})
	}
	for b.Loop() {
		if _, err := curation.Commit(b.Context(), db, request); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCommitMany makes 500 events, a participation in each and its evidence.
func BenchmarkCommitMany(b *testing.B) {
	db, err := bolt.Open(filepath.Join(b.TempDir(), "graph.db"), bolt.Options{NoSync: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	for n := 0; b.Loop(); n++ {
		var changes []curation.Change
		add := func(kind diplomacy.Kind, label string, fields curation.Fields) {
			changes = append(changes, curation.Change{Kind: kind, Label: label, Fields: fields})
		}
		add(diplomacy.KindPerson, "_:p", curation.Fields{"name": fmt.Sprint("Person ", n)})
		add(diplomacy.KindSource, "_:s", curation.Fields{"name": fmt.Sprint("Gazette ", n), "kind": "NEWS_ARTICLE"})
		for i := range 500 {
			event, part := fmt.Sprint("_:event", i), fmt.Sprint("_:part", i)
			add(diplomacy.KindEvent, event, curation.Fields{"name": fmt.Sprint("Call ", n, " ", i), "kind": "CONVERSATION", "date": "2020-04-27"})
			add(diplomacy.ParticipatedIn, part, curation.Fields{"subject": "_:p", "object": event})
			add(diplomacy.KindEvidence, "", curation.Fields{"about": part, "source": "_:s"})
		}
		if _, err := curation.Commit(b.Context(), db, curation.Request{Changes: changes}); err != nil {
			b.Fatal(err)
		}
	}
}
