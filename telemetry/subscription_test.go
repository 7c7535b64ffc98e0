package telemetry_test

import (
	"bufio"
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/graph"
	"chancery/store"
	"chancery/telemetry"

	"github.com/coder/websocket"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// follow opens a subscription by server-sent events, and returns its lines.
func (w *watched) follow(ctx context.Context, query string) *bufio.Scanner {
	w.t.Helper()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, w.URL, strings.NewReader(`{"query": "`+query+`"}`))
	if err != nil {
		w.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "text/event-stream")
	answer, err := w.Client().Do(request) //nolint:bodyclose // ends with its context
	if err != nil {
		w.t.Fatal(err)
	}
	return bufio.NewScanner(answer.Body)
}

func (w *watched) put(slug string) {
	w.t.Helper()
	topic := &diplomacy.Topic{Thing: diplomacy.Thing{Slug: slug, Names: []diplomacy.Name{{Value: slug, Language: "en"}}}}
	if _, err := w.graph.Write(w.t.Context(), store.Commit{}, func(to store.Writer) error { return to.Put(w.t.Context(), topic) }); err != nil {
		w.t.Fatal(err)
	}
}

// eventually fails unless the metrics have these lines within a few seconds.
func (w *watched) eventually(lines ...string) {
	w.t.Helper()
	for range 200 {
		all, missing := w.metrics(), false
		for _, line := range lines {
			missing = missing || !strings.Contains(all, "\n"+line+"\n")
		}
		if !missing {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	w.wantMetrics(lines...)
}

func TestSubscribersAreCounted(t *testing.T) {
	w := watch(t, telemetry.Options{}, graph.StreamOptions{})
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	lines := w.follow(ctx, "subscription Changes { transactions { number changes(first: 1) { nodes { recordId } } } }")
	w.eventually("chancery_subscribers 1", "chancery_delivery_duration_seconds_count 0")
	before := len(w.spans.Ended())
	w.put("one")
	w.put("two")
	for seen := 0; seen < 2 && lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "data: {") {
			seen++
		}
	}
	w.eventually("chancery_subscribers 1", "chancery_delivery_duration_seconds_count 2",
		`chancery_operation_uses_total{client="(unknown)",operation="Changes",version="(unknown)"} 1`)
	named := map[string]int{}
	for _, span := range w.spans.Ended()[before:] {
		named[span.Name()]++
	}
	if named["subscription"] != 2 || named["store changes"] != 2 {
		t.Errorf("spans of the answers: %v", named)
	}
	leave()
	w.eventually("chancery_subscribers 0", `chancery_subscriptions_ended_total{reason="gone"} 1`)
}

func TestEndsOfSubscriptionsAreCountedByReason(t *testing.T) {
	w := watch(t, telemetry.Options{}, graph.StreamOptions{})
	for lines := w.follow(t.Context(), "subscription { transactions(after: -5) { number } }"); lines.Scan(); {
	}
	w.eventually("chancery_subscribers 0", `chancery_subscriptions_ended_total{reason="failed"} 1`)
	w.ask(`subscription { transactions { number } }`, nil) // which cannot be answered so
	w.eventually("chancery_subscribers 0", `chancery_subscriptions_ended_total{reason="failed"} 2`)
}

// TestLaggingSubscriptionsAreCounted when they are ended.
func TestLaggingSubscriptionsAreCounted(t *testing.T) {
	w := watch(t, telemetry.Options{}, graph.StreamOptions{MaxLag: 1})
	ctx, leave := context.WithTimeout(t.Context(), 5*time.Second)
	defer leave()
	lines := w.follow(ctx, "subscription { transactions { number } }")
	w.eventually("chancery_subscribers 1")
	go func() {
		for lines.Scan() {
		}
	}()
	for i := 0; ctx.Err() == nil && !strings.Contains(w.metrics(), `reason="lagging"`); i++ {
		w.together(i)
	}
	w.eventually("chancery_subscribers 0", `chancery_subscriptions_ended_total{reason="lagging"} 1`)
}

// together commits several transactions concurrently.
func (w *watched) together(round int) {
	done := make(chan bool)
	for i := range 8 {
		go func() {
			w.put(strings.Repeat("x", round+1) + strings.Repeat("y", i+1))
			done <- true
		}()
	}
	for range 8 {
		<-done
	}
}

// TestWebSocketsSendTheClientsName in connection_init, since browsers cannot send headers.
func TestWebSocketsSendTheClientsName(t *testing.T) {
	w := watch(t, telemetry.Options{}, graph.StreamOptions{})
	conn, _, err := websocket.Dial(t.Context(), w.URL, &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}}) //nolint:bodyclose // Dial leaves none to close
	if err != nil {
		t.Fatal(err)
	}
	defer conn.CloseNow()
	for _, text := range []string{
		`{"type": "connection_init", "payload": {"apollographql-client-name": "dashboard", "Apollographql-Client-Version": "7", "other": 1}}`,
		`{"type": "subscribe", "id": "1", "payload": {"query": "query Once { __typename }"}}`,
	} {
		if err := conn.Write(t.Context(), websocket.MessageText, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if _, _, err := conn.Read(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	w.eventually(`chancery_operation_uses_total{client="dashboard",operation="Once",version="7"} 1`)
}
