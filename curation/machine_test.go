package curation_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"chancery/curation"
	"chancery/curation/duplicates"
	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt"
	"chancery/store/storetest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// TestRequests makes the same random requests of an engine and of the model: the
// results must be the same, and what is read afterwards. A request that is refused
// writes nothing; a transaction that is reverted does not show in what is read of the
// present, and reverting that brings it back.
func TestRequests(t *testing.T) {
	tries := 4
	if flag.Lookup("long").Value.String() == "true" { // of package storetest
		tries = 60
	}
	if err := flag.Set("rapid.checks", strconv.Itoa(10*tries)); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		path, err := os.MkdirTemp(dir, "")
		if err != nil {
			rt.Fatal(err)
		}
		db, err := bolt.Open(filepath.Join(path, "graph.db"), bolt.Options{Clock: start, NoSync: true})
		if err != nil {
			rt.Fatal(err)
		}
		defer db.Close()
		m := &machine{drawer: drawer{T: rt}, stores: []store.Store{storetest.NewModel(start), db}}
		m.seed()
		for range rapid.IntRange(3, 12).Draw(rt, "requests") {
			m.request()
		}
		m.compare(store.View{}, store.View{Restricted: true}, store.Everything(0))
		m.sound()
		if m.last > 0 {
			m.compare(store.Everything(rapid.Custom(func(t *rapid.T) diplomacy.TxNumber {
				return diplomacy.TxNumber(rapid.IntRange(1, int(m.last)).Draw(t, "known"))
			}).Draw(rt, "as known at")))
		}
	})
}

// machine makes requests of some stores, which are to answer alike.
type machine struct {
	drawer
	stores []store.Store
	last   diplomacy.TxNumber
	// public is what anybody could read before the last transaction, of those known
	// then. It cannot be read later: what is restricted now was never public.
	public observation
	of     []diplomacy.ID
}

// seed makes a small world.
func (m *machine) seed() {
	request := curation.Request{Unsourced: true}
	add := func(kind diplomacy.Kind, label string, fields curation.Fields) {
		request.Changes = append(request.Changes, curation.Change{Kind: kind, Label: label, Fields: fields})
	}
	for _, name := range []any{"Ann", "ann", "Bob"} {
		add(diplomacy.KindPerson, "", curation.Fields{"name": name})
	}
	add(diplomacy.KindSource, "_:s", curation.Fields{"name": "Gazette", "kind": "BOOK"})
	add(diplomacy.KindSource, "", curation.Fields{"name": "Secret", "kind": "BOOK", "restricted": true})
	add(diplomacy.KindState, "_:state", curation.Fields{"name": "Utopia"})
	add(diplomacy.KindState, "", curation.Fields{"name": "Ruritania"})
	add(diplomacy.KindOffice, "_:o", curation.Fields{"name": "Minister", "kind": "MINISTER"})
	for _, date := range []any{"2019-06-01", "2019-06-02"} {
		add(diplomacy.KindEvent, "", curation.Fields{"name": "Call", "kind": "CONVERSATION", "date": date})
	}
	for _, person := range []any{"Person/ann", "Person/ann-2"} {
		add(diplomacy.HoldsOffice, "", curation.Fields{"subject": person, "object": "_:o", "valid": "2019/.."})
	}
	for _, event := range []any{"Event/call-2019-06-01", "Event/call-2019-06-02"} {
		add(diplomacy.ParticipatedIn, "", curation.Fields{"subject": "Person/ann", "object": event, "onBehalfOf": "_:state"})
		add(diplomacy.ParticipatedIn, "", curation.Fields{"subject": "State/ruritania", "object": event})
	}
	add(diplomacy.OfficeOf, "_:of", curation.Fields{"subject": "_:o", "object": "_:state"})
	add(diplomacy.KindEvidence, "", curation.Fields{"about": "_:of", "source": "_:s"})
	m.committed(request)
}

// request draws one and makes it.
func (m *machine) request() {
	switch rapid.SampledFrom([]string{"commit", "commit", "commit", "judge", "undo", "revert", "cascade", "there and back"}).Draw(m.T, "request") {
	case "judge":
		request := m.judge()
		was := m.last
		judged, ok := m.make(func(s store.Store) (any, error) { return curation.Judge(m.Context(), s, request) }).(curation.Judged)
		if ok && judged.Judgement.Revision == 1 && m.last > was && rapid.Bool().Draw(m.T, "after all not") {
			m.undone(was, judged.Judgement.ID)
		}
	case "undo":
		request := curation.UndoRequest{Judgement: m.idOf(diplomacy.KindJudgement)}
		m.make(func(s store.Store) (any, error) { return curation.Undo(m.Context(), s, request) })
	case "revert":
		m.revert(diplomacy.TxNumber(rapid.IntRange(0, int(m.last)+1).Draw(m.T, "number")))
	case "cascade":
		m.cascade(diplomacy.TxNumber(rapid.IntRange(1, int(m.last)).Draw(m.T, "number")))
	case "there and back":
		if m.last > 0 && m.storeChanged() {
			m.thereAndBack()
		}
	default:
		m.commit()
	}
}

func (m *machine) commit() {
	m.committed(m.drawer.request())
}

// committed makes a commit, and some a second time.
func (m *machine) committed(request curation.Request) {
	results := m.make(func(s store.Store) (any, error) { return curation.Commit(m.Context(), s, request) })
	if result, ok := results.(curation.Result); ok {
		for _, o := range result.Outcomes {
			m.know(o.ID)
		}
		if request.Key != "" && !request.DryRun {
			m.again(request, result)
		}
	}
}

// again retries a commit, which must write nothing more.
func (m *machine) again(request curation.Request, first curation.Result) {
	was := m.revision()
	again := m.make(func(s store.Store) (any, error) { return curation.Commit(m.Context(), s, request) })
	result, ok := again.(curation.Result)
	if !ok || !result.Replayed || m.revision() != was || result.Transaction.Number != first.Transaction.Number || len(result.Outcomes) != len(first.Outcomes) {
		m.Fatalf("a retry of %+v was answered with %+v", first, again)
	}
	for i, o := range result.Outcomes {
		if o.ID != first.Outcomes[i].ID || o.Action != first.Outcomes[i].Action || o.Revision != first.Outcomes[i].Revision {
			m.Fatalf("a retry was answered with %+v for %+v", o, first.Outcomes[i])
		}
	}
}

func (m *machine) revert(number diplomacy.TxNumber) any {
	return m.make(func(s store.Store) (any, error) {
		return curation.Revert(m.Context(), s, curation.RevertRequest{Number: number})
	})
}

// storeChanged reports whether the last transaction changed anything.
func (m *machine) storeChanged() bool {
	snapshot := m.open(m.stores[0], store.Everything(0))
	defer snapshot.Release()
	transactions, err := snapshot.Transactions(m.Context(), []diplomacy.TxNumber{m.last})
	if err != nil {
		m.Fatal(err)
	}
	return transactions[0].Changes > 0
}

// thereAndBack reverts the last transaction and then that.
func (m *machine) thereAndBack() {
	n, known := m.last, m.known
	views := []store.View{{Restricted: true}, store.Everything(0)}
	wanted := [2][]observation{}
	for i := range wanted {
		for _, view := range views {
			if view.Known = n - 1 + diplomacy.TxNumber(i); view.Known > 0 {
				wanted[i] = append(wanted[i], m.observe(m.stores[0], view))
			}
		}
	}
	public := [2]observation{m.public, m.observe(m.stores[0], store.View{})}
	of := [2][]diplomacy.ID{m.of, known}
	for i := range wanted {
		if result, ok := m.revert(m.last).(curation.Result); !ok || result.Transaction.Reverts != n+diplomacy.TxNumber(i) {
			m.Fatalf("transaction %d is not reverted: %+v", n, result)
		}
		for j, want := range wanted[i] {
			m.same(want, views[j])
		}
		m.known = of[i]
		m.same(public[i], store.View{})
		m.known = known
	}
}

// same holds what is read now against what was read, but for what tells of
// transactions.
func (m *machine) same(want observation, view store.View) {
	m.Helper()
	if diff := cmp.Diff(want.present(), m.observe(m.stores[0], view).present(), alike); diff != "" {
		m.Fatalf("after undoing, in view %+v (-want +got)\n%s", view, diff)
	}
}

// undone undoes a judgement that was just made and checks that nothing of it remains.
func (m *machine) undone(was diplomacy.TxNumber, id diplomacy.ID) {
	request := curation.UndoRequest{Judgement: curation.Ref(id.String())}
	if result, ok := m.make(func(s store.Store) (any, error) { return curation.Undo(m.Context(), s, request) }).(curation.Judged); !ok || result.Transaction.Number == 0 {
		m.Fatalf("%s is not undone: %+v", id, result)
	}
	for _, view := range []store.View{store.Everything(0), {}, {Restricted: true}} {
		before := view
		before.Known = was
		m.same(m.observe(m.stores[0], before), view)
	}
}

// make makes a request of all stores and compares what became of it: the result, or
// the problems but for the words that are the engine's own.
func (m *machine) make(fn func(store.Store) (any, error)) any {
	m.Helper()
	was, public, known := m.revision(), m.observe(m.stores[0], store.View{}), slices.Clone(m.known)
	var first any
	for i, s := range m.stores {
		result, err := fn(s)
		refused, is := errors.AsType[*curation.Refused](err)
		switch {
		case is:
			result = problems(refused)
		case err != nil:
			m.Fatalf("store %d: %v", i, err)
		}
		if i == 0 {
			first = result
		} else if diff := cmp.Diff(first, result, alike); diff != "" {
			m.Fatalf("store %d answers otherwise (-first +this)\n%s", i, diff)
		}
		if n := m.revisionOf(s); is && n != was {
			m.Fatalf("refused, and yet there is transaction %d", n)
		}
	}
	if m.last = m.revision(); m.last > was {
		m.public, m.of = public, known
	}
	if judged, ok := first.(curation.Judged); ok {
		m.know(judged.Judgement.ID)
	}
	return first
}

// problems are those of a refusal, of the engine's words as much as is ours.
func problems(r *curation.Refused) []curation.Problem {
	var told []curation.Problem
	for _, p := range r.Problems {
		if p.Code == curation.Contradicts {
			p.Message = ""
		}
		p.Message, _, _ = strings.Cut(p.Message, " cannot be put back: ")
		told = append(told, p)
	}
	return told
}

func (m *machine) revision() diplomacy.TxNumber { return m.revisionOf(m.stores[0]) }

func (m *machine) revisionOf(s store.Store) diplomacy.TxNumber {
	snapshot := m.open(s, store.Everything(0))
	defer snapshot.Release()
	return snapshot.Revision()
}

func (m *machine) open(s store.Store, view store.View) store.Snapshot {
	snapshot, err := s.Read(m.Context(), view)
	if err != nil {
		m.Fatal(err)
	}
	return snapshot
}

// sound asks the stores whether they contradict themselves.
func (m *machine) sound() {
	for i, s := range m.stores {
		for fault, err := range s.Check(m.Context()) {
			m.Fatalf("store %d: %s %v", i, fault, err)
		}
	}
}

// compare holds what the stores answer in some views against each other.
func (m *machine) compare(views ...store.View) {
	for _, view := range views {
		first := m.observe(m.stores[0], view)
		for i, s := range m.stores[1:] {
			if diff := cmp.Diff(first, m.observe(s, view), alike); diff != "" {
				m.Fatalf("in view %+v store %d answers otherwise (-first +this)\n%s", view, i+1, diff)
			}
		}
	}
}

// alike compares answers: an absent list is an empty one, and cursors are each
// engine's own.
var alike = cmp.Options{
	cmpopts.EquateEmpty(),
	cmp.Comparer(func(a, b diplomacy.Time) bool { return a == b }),
	cmp.Comparer(func(a, b store.Cursor) bool { return true }),
}

// observation is what can be read of a graph.
type observation struct {
	Records  []diplomacy.Record
	Same     [][]diplomacy.Record
	Links    []store.LinkPage
	Counts   []store.Count
	Lists    []store.ListPage
	Found    []diplomacy.ID
	Versions [][]diplomacy.Record
	AsOf     []store.LinkPage
	Pairs    []duplicates.Pair
	Bare     []diplomacy.ID // statements without evidence
}

// present is the observation without what tells of transactions.
func (o observation) present() observation {
	o.Versions, o.Bare = nil, nil
	o.Records = headless(o.Records)
	same := make([][]diplomacy.Record, len(o.Same))
	for i := range same {
		same[i] = headless(o.Same[i])
	}
	o.Same = same
	for i := range o.Pairs {
		entities := headless([]diplomacy.Record{o.Pairs[i].A, o.Pairs[i].B})
		o.Pairs[i].A, o.Pairs[i].B = entities[0].(diplomacy.Entity), entities[1].(diplomacy.Entity)
	}
	return o
}

func headless(records []diplomacy.Record) []diplomacy.Record {
	plain := make([]diplomacy.Record, len(records))
	for i, r := range records {
		if r == nil {
			continue
		}
		c := reflect.New(reflect.TypeOf(r).Elem())
		c.Elem().Set(reflect.ValueOf(r).Elem())
		plain[i] = c.Interface().(diplomacy.Record)
		*plain[i].Header() = diplomacy.Head{ID: r.Header().ID}
	}
	return plain
}
