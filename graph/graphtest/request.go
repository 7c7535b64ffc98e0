package graphtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"testing"

	"chancery/access"
)

// Post posts an operation and returns the response without its extensions.
func Post(t testing.TB, h http.Handler, query string, variables map[string]any) []byte {
	t.Helper()
	return WithoutExtensions(PostRaw(t, h, query, variables))
}

// PostRaw posts an operation and returns the whole response.
func PostRaw(t testing.TB, h http.Handler, query string, variables map[string]any) []byte {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	h.ServeHTTP(recorder, request)
	return recorder.Body.Bytes()
}

// WithoutExtensions removes the extensions of a response.
func WithoutExtensions(response []byte) []byte {
	if i := bytes.LastIndex(response, []byte(`,"extensions":{`)); i >= 0 {
		if cut := append(slices.Clone(response[:i]), '}'); json.Valid(cut) {
			return cut
		}
	}
	return response
}

// Error is a GraphQL error.
type Error struct {
	Message    string
	Path       []any
	Extensions struct {
		Code       string
		RetryAfter int
	}
}

// String returns path, code and message of the error.
func (e Error) String() string {
	return fmt.Sprintf("%v %s %s", e.Path, e.Extensions.Code, e.Message)
}

// PostForErrors posts an operation and returns its data by field and its errors.
func PostForErrors(t testing.TB, h http.Handler, query string, variables map[string]any) (data map[string]json.RawMessage, errors []Error) {
	t.Helper()
	var response struct {
		Data   map[string]json.RawMessage
		Errors []Error
	}
	text := Post(t, h, query, variables)
	if err := json.Unmarshal(text, &response); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return response.Data, response.Errors
}

// Get sends an operation by GET as a principal; headers are names and values in turn.
func Get(t testing.TB, h http.Handler, p access.Principal, query string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	request := httptest.NewRequestWithContext(access.WithPrincipal(t.Context(), p), http.MethodGet, "/graphql?query="+url.QueryEscape(query), nil)
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	recorder := httptest.NewRecorder()
	h.ServeHTTP(recorder, request)
	return recorder
}

// Address is the address of a client in tests.
const Address = "203.0.113.7:1000"

// PostFrom posts a body as a principal from an address and decodes the response.
func PostFrom(t testing.TB, h http.Handler, body string, into any, p access.Principal, address string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewBufferString(body))
	r.Header.Set("Content-Type", "application/json")
	ctx := access.WithPrincipal(access.WithCaller(r.Context(), access.Caller{Remote: address}), p)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r.WithContext(ctx))
	if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	return w
}

// CostResponse is a response with a cost report.
type CostResponse struct {
	Errors     []Error
	Data       json.RawMessage
	Extensions struct{ Cost *Cost }
}

// Cost is the cost report of a response.
type Cost struct {
	Asked, Spent int64
	Left, Refill *int64
}

// PostForCost posts an anonymous operation from Address.
func PostForCost(t testing.TB, h http.Handler, query string) (CostResponse, *httptest.ResponseRecorder) {
	t.Helper()
	body, _ := json.Marshal(map[string]string{"query": query})
	var c CostResponse
	w := PostFrom(t, h, string(body), &c, access.Anonymous, Address)
	return c, w
}
