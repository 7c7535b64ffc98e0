package graph_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"chancery/access"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// curator is who tells the stories.
var curator = access.Principal{Name: "a.curator", Role: access.Editor}

// as serves requests as those of a principal.
func as(p access.Principal, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(w, r.WithContext(access.With(r.Context(), p)))
	})
}

// TestMutations tells the stories of testdata/mutations, each on a copy of the
// sample of its own. A file holds requests, asked in their order, each NAME.graphql
// with perhaps NAME.variables.json, and behind each its answer, NAME.json. A
// variable "NAME: path" stands for what an earlier answer has there. Ids are
// numbered in the order in which they appear.
func TestMutations(t *testing.T) {
	files, err := filepath.Glob("testdata/mutations/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			told := newStory(t, archive).tell()
			if *update {
				write(t, file, told)
				return
			}
			if diff := cmp.Diff(string(txtar.Format(archive)), string(txtar.Format(told))); diff != "" {
				t.Errorf("the story differs (-want +got):\n%s", diff)
			}
		})
	}
}

type story struct {
	t       *testing.T
	archive *txtar.Archive
	handler http.Handler
	answers map[string]any
	ids     map[string]string
}

func newStory(t *testing.T, a *txtar.Archive) *story {
	return &story{t, a, as(curator, newHandler(openSample(t))), map[string]any{}, map[string]string{}}
}

// tell asks all requests and gives the story with the answers there are.
func (s *story) tell() *txtar.Archive {
	told := &txtar.Archive{Comment: s.archive.Comment}
	for _, f := range s.archive.Files {
		name, isRequest := strings.CutSuffix(f.Name, ".graphql")
		if !isRequest {
			continue
		}
		told.Files = append(told.Files, f)
		variables := part(s.archive, name+".variables.json")
		if variables != nil {
			told.Files = append(told.Files, txtar.File{Name: name + ".variables.json", Data: variables})
		}
		answer := ask(s.t, s.handler, string(f.Data), s.variables(variables))
		s.answers[name] = decoded(s.t, answer)
		told.Files = append(told.Files, txtar.File{Name: name + ".json", Data: s.numbered(indent(s.t, answer))})
	}
	return told
}

func decoded(t *testing.T, text []byte) (v any) {
	t.Helper()
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func (s *story) variables(text []byte) map[string]any {
	if text == nil {
		return nil
	}
	return s.filled(decoded(s.t, text)).(map[string]any)
}

// filled puts parts of earlier answers where they are asked for.
func (s *story) filled(v any) any {
	switch v := v.(type) {
	case string:
		if name, path, ok := strings.Cut(v, ": "); ok && s.answers[name] != nil {
			return s.at(s.answers[name], path)
		}
	case []any:
		for i := range v {
			v[i] = s.filled(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = s.filled(v[k])
		}
	}
	return v
}

// at is what stands in an answer at a path such as data.events.nodes.0.id.
func (s *story) at(answer any, path string) any {
	s.t.Helper()
	for step := range strings.SplitSeq(path, ".") {
		switch in := answer.(type) {
		case map[string]any:
			answer = in[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(in) {
				s.t.Fatalf("%s: there is no %s", path, step)
			}
			answer = in[i]
		}
	}
	if answer == nil {
		s.t.Fatalf("there is nothing at %s", path)
	}
	return answer
}

var anID = regexp.MustCompile(`\b([a-z_]+)_[0-9a-hjkmnp-tv-z]{12}\b`)

// numbered replaces ids, which depend on how much the sample holds.
func (s *story) numbered(answer []byte) []byte {
	return anID.ReplaceAllFunc(answer, func(id []byte) []byte {
		if s.ids[string(id)] == "" {
			s.ids[string(id)] = fmt.Sprintf("%s_#%d", anID.FindSubmatch(id)[1], len(s.ids)+1)
		}
		return []byte(s.ids[string(id)])
	})
}
