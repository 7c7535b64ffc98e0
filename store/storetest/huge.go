package storetest

import (
	"fmt"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
)

var huge = theme{"huge", []trial{
	{"a source of four megabytes", largestSource},
	{"an entity with five hundred names", mostNames},
	{"a transaction of a thousand records", thousandRecords},
}}

// largestSource has a snapshot that does not compress to nothing, twice.
func largestSource(b *bed) {
	article := source("article")
	var text strings.Builder
	for i := 0; text.Len() < diplomacy.MaxSnapshot; i++ {
		fmt.Fprintf(&text, "%d: Məmmədyarov é\n", i*i)
	}
	article.Snapshot = strings.ToValidUTF8(text.String()[:diplomacy.MaxSnapshot], "x")
	first := b.put(article)
	was := *article
	article.Snapshot = article.Snapshot[1:]
	b.put(article)
	then, now := b.at(first.Number).record(article.ID).(*diplomacy.Source), b.now().record(article.ID).(*diplomacy.Source)
	equal(b, "digest then", then.SnapshotSHA256(), was.SnapshotSHA256())
	equal(b, "digest now", now.SnapshotSHA256(), article.SnapshotSHA256())
	article.Snapshot = strings.Repeat("x", diplomacy.MaxSnapshot+1)
	refused(b, 0, "snapshot", article)
}

func mostNames(b *bed) {
	ann := person("ann")
	for i := 1; i < diplomacy.MaxNames; i++ {
		value := fmt.Sprint(i, strings.Repeat("é", (diplomacy.MaxName-3)/2))
		ann.Names = append(ann.Names, diplomacy.Name{Value: value, Language: "fr"})
	}
	for i := range diplomacy.MaxIdentifiers {
		value := fmt.Sprint(i, strings.Repeat("y", diplomacy.MaxIdentifier-2))
		ann.Identifiers = append(ann.Identifiers, diplomacy.Identifier{Scheme: "long", Value: value})
	}
	b.put(ann)
	got := b.now().record(ann.ID).(*diplomacy.Person)
	equal(b, "names", got.Names, ann.Names)
	last := ann.Identifiers[diplomacy.MaxIdentifiers-1]
	equal(b, "found", b.now().find(store.Key{Scheme: last.Scheme, Value: last.Value}), idsOf(ann))
	q := store.ListQuery{Kind: diplomacy.KindPerson}
	q.Where.Name.StartsWith = "499e"
	equal(b, "found by its last name", entries(b.now(), q), idsOf(ann))
	ann.Names = append(ann.Names, ann.Names[1])
	refused(b, 0, "names", ann)
}

func thousandRecords(b *bed) {
	all := make([]diplomacy.Record, 1_000)
	for i := range all {
		all[i] = person(slugOf(uint64(i)))
	}
	t := b.put(all...)
	equal(b, "changes", t.Changes, len(all))
	ids := idsOf(all...)
	equal(b, "listed", entries(b.now(), store.ListQuery{Kind: diplomacy.KindPerson, Order: store.ByID}), ids)
	b.retract(ids...)
	equal(b, "count", b.now().countList(store.ListQuery{Kind: diplomacy.KindPerson}), store.Count{})
	equal(b, "count then", b.at(t.Number).countList(store.ListQuery{Kind: diplomacy.KindPerson}), store.Count{N: len(all)})
}
