package graph_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"

	"chancery/graph"
	"chancery/sample"
	"chancery/store/bolt"
)

// A handler serves a store; here a new file with the sample. Requests without a principal
// in their context are anonymous and may read what is public.
func ExampleNewHandler() {
	dir, err := os.MkdirTemp("", "chancery")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	store, err := bolt.Open(filepath.Join(dir, "graph.db"), bolt.Options{})
	if err != nil {
		panic(err)
	}
	defer store.Close()
	if _, err := sample.Load(context.Background(), store); err != nil {
		panic(err)
	}
	handler := graph.NewHandler(store, graph.Options{DisableIntrospection: true})

	request := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(
		`{"query": "{ person(by: {slug: \"elmar-mammadyarov\"}) { name offices { nodes { name } } } }"}`))
	request.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	fmt.Println(recorder.Body)
	// Output:
	// {"data":{"person":{"name":"Elmar Mammadyarov","offices":{"nodes":[{"name":"Minister of Foreign Affairs of Azerbaijan"}]}}},"extensions":{"revision":1}}
}
