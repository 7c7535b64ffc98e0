package write

import (
	"fmt"
	"strings"

	"chancery/diplomacy"
	"chancery/store/bolt/internal/layout"
	"chancery/store/bolt/internal/overlay"
)

// contradictions returns what is wrong with a judgement beside the others: DIFFERENT of two
// entities that are the same by other judgements, or SAME that would merge two groups
// with a DIFFERENT between them.
func (w *Writer) contradictions(j *diplomacy.Judgement) (diplomacy.Problems, error) {
	if j.Verdict != "SAME" && j.Verdict != "DIFFERENT" {
		return nil, nil
	}
	ofA, err := w.now.Same(j.A, j.ID)
	if err != nil {
		return nil, err
	}
	if _, merged := ofA[j.B]; j.Verdict == "DIFFERENT" && merged {
		return contradiction("they are the same by %s; undo one of these first", listChain(ofA.Chain(j.B))), nil
	} else if merged || j.Verdict == "DIFFERENT" {
		return nil, nil
	}
	ofB, err := w.now.Same(j.B, j.ID)
	if err != nil {
		return nil, err
	}
	return w.differentBetween(j, ofA, ofB)
}

// differentBetween returns the problem of merging two groups with a DIFFERENT between them.
func (w *Writer) differentBetween(j *diplomacy.Judgement, ofA, ofB overlay.SameSet) (diplomacy.Problems, error) {
	for _, id := range ofA.IDs() {
		found, err := w.now.Verdicts(layout.VerdictDifferent, id)
		if err != nil {
			return nil, err
		}
		for _, v := range found {
			if _, found := ofB[v.Other]; !found || v.Via == j.ID {
				continue
			}
			chain := append(ofA.Chain(id), ofB.Chain(v.Other)...)
			if len(chain) == 0 {
				return contradiction("%s says that they are different; undo it first", v.Via), nil
			}
			return contradiction("%s says that %s and %s are different, which would be the same by %s; undo one of these first", v.Via, id, v.Other, listChain(chain)), nil
		}
	}
	return nil, nil
}

func contradiction(format string, args ...any) diplomacy.Problems {
	return diplomacy.Problems{{Field: "verdict", Reason: fmt.Sprintf(format, args...)}}
}

// listChain names the judgements of a chain, of a long one only the first.
func listChain(chain []diplomacy.ID) string {
	const most = 8
	names := make([]string, 0, most)
	for _, id := range chain[:min(len(chain), most)] {
		names = append(names, id.String())
	}
	if more := len(chain) - most; more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return strings.Join(names, ", ")
}
