package lists_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"chancery/diplomacy"
	"chancery/graph/graphtest"
	"chancery/store"

	"github.com/google/go-cmp/cmp"
)

// TestPagesConcatenateToTheList pages through each list from either end and compares
// with the list in one page.
func TestPagesConcatenateToTheList(t *testing.T) {
	_, h := openWithHistory(t)
	for _, r := range pagedLists(t) {
		for _, orders := range r.orders {
			w := walker{r, h, orders[0], r.readAll(t, h, orders[0])}
			t.Run(r.name+" "+w.order, func(t *testing.T) {
				for _, size := range []int{1, 3, 7} {
					w.forward(t, size)
					w.backward(t, size)
				}
				w.expect(t, map[string]any{"first": 0}, 0, 0)
			})
			if opposite := orders[1]; opposite != "" {
				reversed := r.readAll(t, h, opposite).elements()
				slices.Reverse(reversed)
				if diff := cmp.Diff(w.all.elements(), reversed); diff != "" {
					t.Errorf("%s by %s is not the reverse of %s (-%[3]s +%[2]s):\n%s", r.name, opposite, w.order, diff)
				}
			}
		}
	}
}

// readAll reads a list in one page.
func (r pagedList) readAll(t *testing.T, h http.Handler, order string) page {
	t.Helper()
	all := r.readPage(t, h, order, map[string]any{"first": 500})
	if all.PageInfo.HasNextPage || all.PageInfo.HasPreviousPage {
		t.Fatalf("%s: the list does not fit into one page", r.name)
	}
	return all
}

// walker pages through a list of which it knows all elements.
type walker struct {
	pagedList
	handler http.Handler
	order   string
	all     page
}

func (w walker) forward(t *testing.T, size int) {
	t.Helper()
	variables := map[string]any{"first": size}
	for from := 0; from == 0 || from < len(w.all.Edges); from += size {
		p := w.expect(t, variables, from, min(from+size, len(w.all.Edges)))
		variables["after"] = p.PageInfo.EndCursor
	}
}

func (w walker) backward(t *testing.T, size int) {
	t.Helper()
	variables := map[string]any{"last": size}
	for to := len(w.all.Edges); to == len(w.all.Edges) || to > 0; to -= size {
		p := w.expect(t, variables, max(to-size, 0), to)
		variables["before"] = p.PageInfo.StartCursor
	}
}

// expect compares a page with a range of the elements.
func (w walker) expect(t *testing.T, variables map[string]any, from, to int) page {
	t.Helper()
	want := w.all
	want.Edges = want.Edges[from:to]
	want.PageInfo.HasPreviousPage, want.PageInfo.HasNextPage = from > 0, to < len(w.all.Edges)
	want.PageInfo.StartCursor, want.PageInfo.EndCursor = nil, nil
	if from < to {
		want.PageInfo.StartCursor, want.PageInfo.EndCursor = &want.Edges[0].Cursor, &want.Edges[to-from-1].Cursor
	}
	if w.total != "" {
		n := len(w.all.Edges)
		want.TotalCount = &n
	}
	got := w.readPage(t, w.handler, w.order, variables)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("page %v of %d (-want +got):\n%s", variables, len(w.all.Edges), diff)
	}
	return got
}

// TestCursorsStayValidAfterWrites writes elements before, between and after those that
// were read, and continues from each old cursor.
func TestCursorsStayValidAfterWrites(t *testing.T) {
	s, h := openWithHistory(t)
	lists := pagedLists(t)
	before := make([]page, len(lists))
	for i, r := range lists {
		before[i] = r.readAll(t, h, r.orders[0][0])
	}
	addLinkedEvents(t, s)
	grown := 0
	for i, r := range lists {
		w := walker{r, h, r.orders[0][0], r.readAll(t, h, r.orders[0][0])}
		if len(w.all.Edges) > len(before[i].Edges) {
			grown++
		}
		for _, old := range before[i].Edges {
			at := slices.IndexFunc(w.all.Edges, func(e edge) bool { return e.Cursor == old.Cursor })
			if at < 0 {
				t.Errorf("%s: the element of a cursor is missing", r.name)
				break
			}
			w.expect(t, map[string]any{"first": 3, "after": old.Cursor}, at+1, min(at+4, len(w.all.Edges)))
			w.expect(t, map[string]any{"last": 3, "before": old.Cursor}, max(at-3, 0), at)
		}
	}
	if grown < 30 {
		t.Errorf("only %d of %d lists grew: the test proves little", grown, len(lists))
	}
}

// addLinkedEvents writes, for several years, an event that is linked to all well-linked entities,
// and another version of each of these.
func addLinkedEvents(t *testing.T, s store.Store) {
	t.Helper()
	for _, year := range []string{"1990", "2012", "2019", "2030"} {
		graphtest.Commit(t, s, func(w store.Writer) error {
			date, err := diplomacy.ParseTime(year)
			if err != nil {
				return err
			}
			e := &diplomacy.Event{Type: "MEETING", Date: date}
			e.Slug, e.Names = "in-"+year, []diplomacy.Name{{Value: fmt.Sprintf("%c in %s", year[2]+16, year), Language: "en"}}
			if err := w.Put(t.Context(), e); err != nil {
				return err
			}
			return link(t, w, e.ID)
		})
	}
}

// link writes statements of all allowed predicates between an event and the well-linked
// entities.
func link(t *testing.T, w store.Writer, event diplomacy.ID) error {
	t.Helper()
	for typeName, slug := range wellLinked {
		thing, err := graphtest.FindEntity(w, typeName, slug)
		if err != nil {
			return err
		}
		if thing.Kind() == diplomacy.KindEvent {
			continue // its elements would be reached by another path and move
		}
		for _, rule := range diplomacy.Vocabulary {
			var statement diplomacy.Statement
			switch {
			case rule.SameKind:
				continue
			case slices.Contains(rule.Objects, diplomacy.KindEvent) && slices.Contains(rule.Subjects, thing.Kind()):
				statement = diplomacy.Statement{Predicate: rule.Predicate, Subject: thing.Header().ID, Object: event}
			case slices.Contains(rule.Subjects, diplomacy.KindEvent) && slices.Contains(rule.Objects, thing.Kind()):
				statement = diplomacy.Statement{Predicate: rule.Predicate, Subject: event, Object: thing.Header().ID}
			default:
				continue
			}
			if err := w.Put(t.Context(), &statement); err != nil {
				return err
			}
		}
		if err := graphtest.SetDescription(w, typeName, slug, event.String()); err != nil {
			return err
		}
	}
	return nil
}
