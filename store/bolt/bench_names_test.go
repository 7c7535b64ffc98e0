package bolt_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt"
)

// crowdSize is how many persons BenchmarkNames looks through.
const crowdSize = 100_000

// crowd is a graph of persons with two names each, made once.
var crowd string

func openCrowd(b *testing.B) *bolt.DB {
	b.Helper()
	if crowd == "" {
		dir, err := os.MkdirTemp("", "crowd")
		if err != nil {
			b.Fatal(err)
		}
		crowd = filepath.Join(dir, "graph.db")
		db := openAt(b, crowd, bolt.Options{NoSync: true})
		for from := 0; from < crowdSize; from += 10_000 {
			write(b, db, func(w store.Writer) error { return putPersons(w, from, 10_000) })
		}
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
	return openAt(b, crowd, bolt.Options{ReadOnly: true})
}

func putPersons(w store.Writer, from, n int) error {
	given, families := []string{"Elmar", "Çınar", "Ana", "Łucja", "Юрий"}, []string{"Məmmədyarov", "Núñez", "Ødegård", "Иванов"}
	records := make([]diplomacy.Record, 0, n)
	for i := from; i < from+n; i++ {
		p := &diplomacy.Person{Thing: named(fmt.Sprintf("person-%d", i))}
		family := fmt.Sprintf("%s %d", families[i%len(families)], i)
		p.Names = []diplomacy.Name{{Value: given[i%len(given)] + " " + family}, {Value: family + ", " + given[i%len(given)]}}
		p.Born = diplomacy.MustParseTime(fmt.Sprintf("%04d", 1900+i%100))
		records = append(records, p)
	}
	return w.Put(background, records...)
}

// BenchmarkNames lists 20 of 100,000 persons by their names. Its reference is a page of
// all persons, without a filter.
func BenchmarkNames(b *testing.B) {
	s := snapshotOf(b, openCrowd(b))
	for _, c := range []struct {
		name  string
		test  store.NameTest
		order store.ListOrder
		found int
	}{
		{"equals", store.NameTest{Equals: "lucja ødegard 50018"}, store.ByName, 1},
		{"equals nothing", store.NameTest{Equals: "nobody"}, store.ByName, 0},
		{"starts with, of 3", store.NameTest{StartsWith: "nunez 5001"}, store.ByName, 3},
		{"starts with, of 278, by date", store.NameTest{StartsWith: "odegard 55"}, store.ByDate, 20},
		{"starts with, of 25,000", store.NameTest{StartsWith: "nunez"}, store.ByName, 20},
		{"starts with, of 25,000, by date", store.NameTest{StartsWith: "nunez"}, store.ByDate, 20},
		{"starts with, of 20,000 in the middle", store.NameTest{StartsWith: "lucja"}, store.ByName, 20},
		{"contains, many", store.NameTest{Contains: "ana"}, store.ByName, 20},
		{"contains, few", store.NameTest{Contains: "99998"}, store.ByName, 1},
		{"all", store.NameTest{}, store.ByName, 20},
	} {
		q := store.ListQuery{Kind: diplomacy.KindPerson, Order: c.order, Page: store.Page{Limit: 20}, Where: store.ListFilter{Name: c.test}}
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if page, err := s.List(background, q); err != nil || len(page.Entries) != c.found {
					b.Fatal(len(page.Entries), err)
				}
			}
		})
	}
}
