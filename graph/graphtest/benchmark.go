package graphtest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
)

// Benchmark posts an operation repeatedly, as one client does.
func Benchmark(b *testing.B, h http.Handler, query string, variables map[string]any) {
	b.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		b.Fatal(err)
	}
	response := Post(b, h, query, variables)
	if bytes.Contains(response, []byte(`"errors"`)) {
		b.Fatalf("%.300s", response)
	}
	b.ReportMetric(float64(len(response)), "B/answer")
	b.ReportAllocs()
	for b.Loop() {
		request := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
		request.Header.Set("Content-Type", "application/json")
		h.ServeHTTP(httptest.NewRecorder(), request)
	}
}

// PutMeetings writes 20 meetings with 10 delegates each.
func PutMeetings(w store.Writer) error {
	ctx := context.Background()
	for i := range 20 {
		date, err := diplomacy.ParseTime(fmt.Sprintf("2019-03-%02d", i+1))
		if err != nil {
			return err
		}
		e := &diplomacy.Event{Type: "MEETING", Date: date, Thing: Thing(fmt.Sprintf("meeting-%d", i), fmt.Sprintf("Meeting number %d of the council", i))}
		if err := w.Put(ctx, e); err != nil {
			return err
		}
		for j := range 10 {
			p := &diplomacy.Person{Thing: Thing(fmt.Sprintf("delegate-%d-%d", i, j), fmt.Sprintf("Delegate %d of meeting %d", j, i))}
			if err := w.Put(ctx, p); err != nil {
				return err
			}
			if err := w.Put(ctx, &diplomacy.Statement{Predicate: diplomacy.ParticipatedIn, Subject: p.ID, Object: e.ID}); err != nil {
				return err
			}
		}
	}
	return nil
}
