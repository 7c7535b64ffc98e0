package streaming_test

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"testing"

	"chancery/graph"
	"chancery/graph/graphtest"
)

// TestPersistedQueriesRunOverStreams stores a document over HTTP and requests it by its
// hash over WebSocket and as server-sent events.
func TestPersistedQueriesRunOverStreams(t *testing.T) {
	b := serve(t, graph.Options{})
	const document = "{ a: __typename }"
	sum := sha256.Sum256([]byte(document))
	hash := hex.EncodeToString(sum[:])
	byHash := `"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "` + hash + `"}}`
	b.Expect(t, graphtest.Exchange{Body: `{"query": "` + document + `", ` + byHash + `}`, Status: http.StatusOK, Response: `{"data":{"a":"Query"}}`})

	c := b.Connect()
	c.Send(`{"type": "subscribe", "id": "a", "payload": {` + byHash + `}}`)
	c.Expect(`{"type": "next", "id": "a", "payload": {"data": {"a": "Query"}}}`)
	c.Expect(`{"type": "complete", "id": "a"}`)
	c.Send(`{"type": "subscribe", "id": "b", "payload": {"documentId": "sha256:` + hash + `"}}`)
	c.Expect(`{"type": "next", "id": "b", "payload": {"data": {"a": "Query"}}}`)
	c.Expect(`{"type": "complete", "id": "b"}`)

	response := b.Send(graphtest.Exchange{Method: http.MethodGet, Query: "documentId=sha256:" + hash, Header: []string{"Accept", "text/event-stream"}})
	if !strings.Contains(response.Text, "event: next\ndata: {\"data\":{\"a\":\"Query\"}") {
		t.Errorf("status %d: %s", response.StatusCode, response.Text)
	}
}
