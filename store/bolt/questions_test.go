package bolt_test

import (
	"fmt"
	"slices"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt"
)

// question is a read of a graph as a transaction left it, with the right answer.
type question struct {
	view   store.View
	read   func(s store.Reader) (any, error)
	answer string
}

func (q question) ask(db *bolt.DB) (string, error) {
	s, err := db.Read(background, q.view)
	if err != nil {
		return "", err
	}
	defer s.Release()
	answer, err := q.read(s)
	return fmt.Sprintf("%+v", answer), err
}

// allQuestions asks an undamaged graph for everything: each record, its versions and links, each
// list, count and name, and each transaction, as editors and as readers see them, and the same of the past
// and before the last transaction.
func allQuestions(t testing.TB, path string) []question {
	t.Helper()
	db, err := bolt.Open(path, bolt.Options{ReadOnly: true})
	ok(t, err)
	defer db.Close()
	s, err := db.Read(background, store.Everything(0))
	ok(t, err)
	defer s.Release()
	last := s.Revision()
	ids, keys := recordsOf(t, s)
	var all []question
	for _, known := range []diplomacy.TxNumber{2, last - 1, last} {
		for _, view := range []store.View{store.Everything(known), {Known: known}} {
			for _, read := range reads(ids, keys, last) {
				q := question{view: view, read: read}
				q.answer, err = q.ask(db)
				ok(t, err)
				all = append(all, q)
			}
		}
	}
	return all
}

// recordsOf returns the ids of all records, and the slugs of entities.
func recordsOf(t testing.TB, s store.Reader) (ids []diplomacy.ID, keys []store.Key) {
	t.Helper()
	for n := diplomacy.TxNumber(1); n <= s.Revision(); n++ {
		changes, err := s.Changes(background, n, 0, store.MaxPage)
		ok(t, err)
		for _, c := range changes {
			ids = append(ids, c.Record)
		}
	}
	records, err := s.Records(background, ids)
	ok(t, err)
	for _, r := range records {
		if e, is := r.(diplomacy.Entity); is {
			keys = append(keys, store.Key{Kind: e.Kind(), Scheme: store.SchemeSlug, Value: e.Base().Slug})
		}
	}
	return ids, keys
}

// reads are the methods of a reader, with what is in the graph.
func reads(ids []diplomacy.ID, keys []store.Key, last diplomacy.TxNumber) []func(s store.Reader) (any, error) {
	all := []func(s store.Reader) (any, error){
		func(s store.Reader) (any, error) { return s.Find(background, keys) },
		func(s store.Reader) (any, error) {
			number, text, err := s.Receipt(background, "key")
			return fmt.Sprint(number, text), err
		},
	}
	for some := range slices.Chunk(ids, 20) { // the error of one hides the answers for the others
		all = append(all, readsOf(some)...)
	}
	for _, kind := range diplomacy.EntityKinds {
		all = append(all, readsOfKind(kind)...)
	}
	for n := diplomacy.TxNumber(1); n <= last; n++ {
		all = append(all,
			func(s store.Reader) (any, error) {
				return dereferenced(s.Transactions(background, []diplomacy.TxNumber{n}))
			},
			func(s store.Reader) (any, error) { return s.Changes(background, n, 0, store.MaxPage) })
	}
	return all
}

func readsOf(ids []diplomacy.ID) []func(s store.Reader) (any, error) {
	var arcs []store.Arc
	for _, kind := range []diplomacy.Kind{diplomacy.ParticipatedIn, diplomacy.IssuedBy, diplomacy.KindEvidence, diplomacy.KindJudgement} {
		arcs = append(arcs, store.Arc{Kind: kind}, store.Arc{Kind: kind, Direction: store.In})
	}
	links := store.LinkQuery{Of: ids, Along: arcs, Page: store.Page{Limit: store.MaxPage}}
	count := store.LinkQuery{Of: ids, Along: arcs[:1]}
	return []func(s store.Reader) (any, error){
		func(s store.Reader) (any, error) { return dereferenced(s.Records(background, ids)) },
		func(s store.Reader) (any, error) {
			versions, err := s.Versions(background, ids, 0, 100)
			return dereferenced(slices.Concat(versions...), err)
		},
		func(s store.Reader) (any, error) {
			same, err := s.Same(background, ids)
			return dereferenced(slices.Concat(same...), err)
		},
		func(s store.Reader) (any, error) { return s.Links(background, links) },
		func(s store.Reader) (any, error) { return s.CountLinks(background, count) },
	}
}

func readsOfKind(kind diplomacy.Kind) (all []func(s store.Reader) (any, error)) {
	for order := store.ByName; order <= store.ByID; order++ {
		q := store.ListQuery{Kind: kind, Order: order, Page: store.Page{Limit: store.MaxPage}}
		all = append(all, func(s store.Reader) (any, error) { return s.List(background, q) })
	}
	named := store.ListQuery{Kind: kind, Where: store.ListFilter{Name: store.NameTest{StartsWith: "The one"}}, Page: store.Page{Limit: store.MaxPage}}
	return append(all,
		func(s store.Reader) (any, error) { return s.List(background, named) },
		func(s store.Reader) (any, error) { return s.CountList(background, store.ListQuery{Kind: kind}) })
}

// dereferenced shows what pointers point to.
func dereferenced[T any](all []T, err error) (any, error) {
	text := ""
	for _, one := range all {
		text += fmt.Sprintf("%+v\n", one)
	}
	return text, err
}
