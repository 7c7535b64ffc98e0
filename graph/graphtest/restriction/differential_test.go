package restriction_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"chancery/access"
	"chancery/graph/graphtest"

	"github.com/google/go-cmp/cmp"
)

var (
	long   = flag.Bool("long", false, "compare 200 pairs of random graphs")
	rounds = flag.Int("rounds", 0, "compare so many pairs of random graphs")
	first  = flag.Uint64("first", 8, "the number of the first pair")
)

// TestSecretsChangeNothingThatReadersSee compares pairs of graphs with the same random
// public transactions, one of which has restricted records too. Every field, list, count,
// order, cursor, past state, event, error and cost is the same to anonymous clients and to
// readers.
func TestSecretsChangeNothingThatReadersSee(t *testing.T) {
	n := 3
	if *long {
		n = 200
	}
	if *rounds > 0 {
		n = *rounds
	}
	shown, queries := 0, 0
	for seed := *first; seed < *first+uint64(n); seed++ {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w := newTwins(t, seed, 40)
			for fault, err := range w.with.store.Check(t.Context()) {
				t.Errorf("check: %s %v", fault, err)
			}
			w.name()
			w.compareFields(&shown, &queries)
			w.comparePages()
			w.compareEvents()
		})
	}
	if shown < queries/10 {
		t.Errorf("editors see a difference in %d of %d queries only, so the graphs are too similar to prove anything", shown, queries)
	}
}

// name enters the records under their ids for queries that read all of them.
func (w *twins) name() {
	for _, id := range w.public {
		w.with.public[id.String()] = id
	}
	for _, id := range w.secret {
		w.with.hidden[id.String()] = id
	}
	w.with.last = w.last
}

// known returns nil for the present, or a past transaction.
func (w *twins) known() any {
	if w.IntN(2) == 0 {
		return nil
	}
	return 1 + w.IntN(int(w.last))
}

// compareFields compares the responses to a part of the queries for every field.
func (w *twins) compareFields(shown, queries *int) {
	all := queriesOf(w.t, w.with, "")
	for range 120 {
		q, known := all[w.IntN(len(all))], w.known()
		w.compare(q.name, q.text, known)
		if *queries++; w.answer(w.with, graphtest.Editor, q.text, known) != w.answer(w.without, graphtest.Editor, q.text, known) {
			*shown++
		}
	}
}

// compare compares the responses to a query and returns them.
func (w *twins) compare(name, text string, known any) string {
	w.t.Helper()
	want := ""
	for _, as := range []access.Principal{access.Anonymous, graphtest.Reader} {
		want = w.answer(w.without, as, text, known)
		if got := w.answer(w.with, as, text, known); got != want {
			w.t.Errorf("%s, known at %v, to %q (-without secrets +with):\n%.3000s\nof\n%.1500s", name, known, as.Name, cmp.Diff(indented(want), indented(got)), text)
		}
	}
	return want
}

// answer returns the whole response, with its cost and revision.
func (w *twins) answer(g *graphWithSecrets, as access.Principal, text string, known any) string {
	w.t.Helper()
	body, err := json.Marshal(map[string]any{"query": text, "variables": map[string]any{"known": known}})
	if err != nil {
		w.t.Fatal(err)
	}
	request := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	g.handler.ServeHTTP(recorder, request.WithContext(access.WithPrincipal(request.Context(), as)))
	return fmt.Sprint(recorder.Code, " ", recorder.Body)
}

func indented(response string) string {
	var b bytes.Buffer
	_, body, _ := strings.Cut(response, " ")
	if json.Indent(&b, []byte(body), "", " ") != nil {
		return response
	}
	return b.String()
}
