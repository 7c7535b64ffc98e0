package restriction_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"chancery/access"
	"chancery/graph/graphtest"
	"chancery/store"
)

// viewRecorder records the views with which a store is read.
type viewRecorder struct {
	store.Store
	views []store.View
}

func (v *viewRecorder) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	recorded := view
	recorded.Meter = nil // each operation has its own
	v.views = append(v.views, recorded)
	return v.Store.Read(ctx, view)
}

// TestRoleDecidesTheView reads the present and the past in every role.
func TestRoleDecidesTheView(t *testing.T) {
	s := graphtest.OpenSample(t)
	for role, want := range map[access.Role][]store.View{
		access.NoRole: nil,
		access.Reader: {{}, {Known: 1}},
		access.Editor: {{Restricted: true}, {Restricted: true, Known: 1}},
		access.Admin:  {{Restricted: true}, {Restricted: true, Known: 1}},
	} {
		recorder := &viewRecorder{Store: s}
		h := graphtest.As(access.Principal{Name: "x", Role: role})(graphtest.NewHandler(recorder))
		for _, query := range []string{`{ people(first: 1) { nodes { name } } }`, `query @asOf(knownAt: 1) { people(first: 1) { nodes { name } } }`} {
			response := string(graphtest.Post(t, h, query, nil))
			if forbidden := strings.Contains(response, `"code":"FORBIDDEN"`); forbidden != (want == nil) {
				t.Errorf("%v: %s", role, response)
			}
		}
		if fmt.Sprint(recorder.views) != fmt.Sprint(want) {
			t.Errorf("%v reads %v; want %v", role, recorder.views, want)
		}
	}
}

func TestRequestWithoutPrincipalIsAnonymous(t *testing.T) {
	recorder := &viewRecorder{Store: graphtest.OpenSample(t)}
	graphtest.Post(t, graphtest.NewHandler(recorder), `{ people(first: 1) { nodes { name } } }`, nil)
	if len(recorder.views) != 1 || recorder.views[0] != (store.View{}) {
		t.Errorf("reads %v; want the public view", recorder.views)
	}
}
