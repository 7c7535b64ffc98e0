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

	"chancery/graph/graphtest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// TestMutations plays the stories of testdata/mutations, each on its own copy of the
// sample. A file has requests in order, each NAME.graphql with perhaps
// NAME.variables.json, followed by its response NAME.json. A variable "NAME: path" is
// replaced by the value at a path of an earlier response. Ids are numbered in order of
// appearance.
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
			played := newStory(t, archive).play()
			if *update {
				write(t, file, played)
				return
			}
			if diff := cmp.Diff(string(txtar.Format(archive)), string(txtar.Format(played))); diff != "" {
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
	return &story{t, a, graphtest.As(graphtest.Curator)(graphtest.NewHandler(graphtest.OpenSample(t))), map[string]any{}, map[string]string{}}
}

// play posts all requests and returns the story with the responses.
func (s *story) play() *txtar.Archive {
	played := &txtar.Archive{Comment: s.archive.Comment}
	for _, f := range s.archive.Files {
		name, isRequest := strings.CutSuffix(f.Name, ".graphql")
		if !isRequest {
			continue
		}
		played.Files = append(played.Files, f)
		variables := graphtest.Part(s.archive, name+".variables.json")
		if variables != nil {
			played.Files = append(played.Files, txtar.File{Name: name + ".variables.json", Data: variables})
		}
		answer := graphtest.Post(s.t, s.handler, string(f.Data), s.variables(variables))
		s.answers[name] = decoded(s.t, answer)
		played.Files = append(played.Files, txtar.File{Name: name + ".json", Data: s.numbered(indent(s.t, answer))})
	}
	return played
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
	return s.resolve(decoded(s.t, text)).(map[string]any)
}

// resolve replaces references to earlier responses by their values.
func (s *story) resolve(v any) any {
	switch v := v.(type) {
	case string:
		if name, path, ok := strings.Cut(v, ": "); ok && s.answers[name] != nil {
			return s.valueAt(s.answers[name], path)
		}
	case []any:
		for i := range v {
			v[i] = s.resolve(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = s.resolve(v[k])
		}
	}
	return v
}

// valueAt returns the value at a path of a response, such as data.events.nodes.0.id.
func (s *story) valueAt(answer any, path string) any {
	s.t.Helper()
	for step := range strings.SplitSeq(path, ".") {
		switch in := answer.(type) {
		case map[string]any:
			answer = in[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(in) {
				s.t.Fatalf("%s: %s is missing", path, step)
			}
			answer = in[i]
		}
	}
	if answer == nil {
		s.t.Fatalf("no value at %s", path)
	}
	return answer
}

var anID = regexp.MustCompile(`\b([a-z_]+)_[0-9a-hjkmnp-tv-z]{12}\b`)

// numbered replaces ids, which change with the sample, by numbers.
func (s *story) numbered(answer []byte) []byte {
	return anID.ReplaceAllFunc(answer, func(id []byte) []byte {
		if s.ids[string(id)] == "" {
			s.ids[string(id)] = fmt.Sprintf("%s_#%d", anID.FindSubmatch(id)[1], len(s.ids)+1)
		}
		return []byte(s.ids[string(id)])
	})
}
