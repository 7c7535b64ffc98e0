package mutation

import (
	"context"

	"chancery/curation"
	"chancery/diplomacy"
	"chancery/graph/fetch"
	"chancery/graph/model"
)

// Warning is a doubt that a mutation causes.
type Warning struct {
	curation.Warning
	Path []string // of the change in the input; nil for none
}

// Rule returns the code of the rule; empty for a possible duplicate.
func (w *Warning) Rule() diplomacy.Term {
	if w.Warning.Rule == nil {
		return ""
	}
	return w.Warning.Rule.Code
}

// Records returns the records concerned.
func (w *Warning) Records(ctx context.Context) ([]model.Node, error) {
	return model.NodesOf(ctx, w.Warning.Records)
}

// warned is the part of payloads that holds warnings.
type warned struct {
	Warnings         []*Warning
	WarningsComplete bool
}

// warn reports whether warnings are selected.
func warn(ctx context.Context) bool { return fetch.Selects(ctx, "warnings", "warningsComplete") }

// warningsOf returns the warnings of a result, and fetches what is selected of their
// records. paths are those of the changes, if there are several.
func warningsOf(ctx context.Context, found *curation.Warnings, paths [][]string) (warned, error) {
	w := warned{WarningsComplete: found == nil || found.Complete}
	if found == nil {
		return w, nil
	}
	var ids []diplomacy.ID
	for _, warning := range found.List {
		shown := &Warning{Warning: warning}
		if warning.Change >= 0 && warning.Change < len(paths) {
			shown.Path = paths[warning.Change]
		}
		w.Warnings, ids = append(w.Warnings, shown), append(ids, warning.Records...)
	}
	return w, fetch.Along(ctx, ids, "warnings", "records")
}
