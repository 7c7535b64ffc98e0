package writing

import (
	"fmt"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var huge = testbed.Theme{Name: "huge", Trials: []testbed.Trial{
	{Name: "a source of four megabytes", Run: largestSource},
	{Name: "an entity with five hundred names", Run: mostNames},
	{Name: "a transaction of a thousand records", Run: thousandRecords},
}, Needs: []testbed.Capability{testbed.LargeGraphs}}

// largestSource has a snapshot that does not compress to nothing, twice.
func largestSource(b *testbed.Bed) {
	article := testbed.Source("article")
	var text strings.Builder
	for i := 0; text.Len() < diplomacy.MaxSnapshot; i++ {
		fmt.Fprintf(&text, "%d: Məmmədyarov é\n", i*i)
	}
	article.Snapshot = strings.ToValidUTF8(text.String()[:diplomacy.MaxSnapshot], "x")
	first := b.Put(article)
	was := *article
	article.Snapshot = article.Snapshot[1:]
	b.Put(article)
	then, now := b.At(first.Number).Record(article.ID).(*diplomacy.Source), b.Now().Record(article.ID).(*diplomacy.Source)
	testbed.Equal(b, "digest then", then.SnapshotSHA256(), was.SnapshotSHA256())
	testbed.Equal(b, "digest now", now.SnapshotSHA256(), article.SnapshotSHA256())
	article.Snapshot = strings.Repeat("x", diplomacy.MaxSnapshot+1)
	testbed.Refused(b, 0, "snapshot", article)
}

func mostNames(b *testbed.Bed) {
	ann := testbed.Person("ann")
	for i := 1; i < diplomacy.MaxNames; i++ {
		value := fmt.Sprint(i, strings.Repeat("é", (diplomacy.MaxName-3)/2))
		ann.Names = append(ann.Names, diplomacy.Name{Value: value, Language: "fr"})
	}
	for i := range diplomacy.MaxIdentifiers {
		value := fmt.Sprint(i, strings.Repeat("y", diplomacy.MaxIdentifier-2))
		ann.Identifiers = append(ann.Identifiers, diplomacy.Identifier{Scheme: "long", Value: value})
	}
	b.Put(ann)
	got := b.Now().Record(ann.ID).(*diplomacy.Person)
	testbed.Equal(b, "names", got.Names, ann.Names)
	last := ann.Identifiers[diplomacy.MaxIdentifiers-1]
	testbed.Equal(b, "found", b.Now().Find(store.Key{Scheme: last.Scheme, Value: last.Value}), testbed.IDsOf(ann))
	q := store.ListQuery{Kind: diplomacy.KindPerson}
	q.Where.Name.StartsWith = "499e"
	testbed.Equal(b, "found by its last name", testbed.Entries(b.Now(), q), testbed.IDsOf(ann))
	ann.Names = append(ann.Names, ann.Names[1])
	testbed.Refused(b, 0, "names", ann)
}

func thousandRecords(b *testbed.Bed) {
	all := make([]diplomacy.Record, 1_000)
	for i := range all {
		all[i] = testbed.Person(testbed.SlugOf(uint64(i)))
	}
	t := b.Put(all...)
	testbed.Equal(b, "changes", t.Changes, len(all))
	ids := testbed.IDsOf(all...)
	testbed.Equal(b, "listed", testbed.Entries(b.Now(), store.ListQuery{Kind: diplomacy.KindPerson, Order: store.ByID}), ids)
	b.Retract(ids...)
	testbed.Equal(b, "count", b.Now().CountList(store.ListQuery{Kind: diplomacy.KindPerson}), store.Count{})
	testbed.Equal(b, "count then", b.At(t.Number).CountList(store.ListQuery{Kind: diplomacy.KindPerson}), store.Count{N: len(all)})
}
