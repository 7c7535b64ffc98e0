package graph_test

import (
	"strings"
	"testing"

	"chancery/access"
	"chancery/graph"
	"chancery/graph/graphtest"
)

func TestViewerIsTheAuthenticatedClient(t *testing.T) {
	h := graph.NewHandler(graphtest.OpenSample(t), graph.Options{})
	for want, p := range map[string]access.Principal{
		`{"viewer":{"name":null,"role":"READER"}}`:   access.Anonymous,
		`{"viewer":{"name":"desk","role":"READER"}}`: {Name: "desk", Role: access.Reader},
		`{"viewer":{"name":"desk","role":"EDITOR"}}`: {Name: "desk", Role: access.Editor},
		`{"viewer":{"name":"chief","role":"ADMIN"}}`: {Name: "chief", Role: access.Admin},
	} {
		answer := graphtest.Get(t, h, p, "{ viewer { name role } }")
		if got := answer.Body.String(); !strings.Contains(got, want) {
			t.Errorf("%+v is shown as %s", p, got)
		}
		if tag := answer.Header().Get("ETag"); tag != "" {
			t.Errorf("the response to %+v may be cached under %s, although tokens change", p, tag)
		}
	}
}
