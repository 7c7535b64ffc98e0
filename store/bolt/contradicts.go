package bolt

import (
	"fmt"
	"slices"
	"strings"

	"chancery/diplomacy"
)

// contradicts refuses a judgement that others forbid: DIFFERENT of two that a
// chain of judgements holds to be the SAME, or SAME that would join two such
// groups with a DIFFERENT between them.
func (w *writer) contradicts(j *diplomacy.Judgement) (diplomacy.Problems, error) {
	if j.Verdict != "SAME" && j.Verdict != "DIFFERENT" {
		return nil, nil
	}
	ofA, err := w.reach(j.A, j.ID)
	if err != nil {
		return nil, err
	}
	if _, joined := ofA[j.B]; j.Verdict == "DIFFERENT" && joined {
		return contradiction("they are the same by %s; undo one of these first", chained(ofA.chain(j.B))), nil
	} else if joined || j.Verdict == "DIFFERENT" {
		return nil, nil
	}
	ofB, err := w.reach(j.B, j.ID)
	if err != nil {
		return nil, err
	}
	return w.parted(j, ofA, ofB)
}

// parted refuses to join two groups between which there is a DIFFERENT.
func (w *writer) parted(j *diplomacy.Judgement, ofA, ofB reached) (diplomacy.Problems, error) {
	for _, id := range ofA.ids() {
		found, err := w.verdicts(verdictDifferent, id)
		if err != nil {
			return nil, err
		}
		for _, v := range found {
			if _, there := ofB[v.other]; !there || v.via == j.ID {
				continue
			}
			chain := append(ofA.chain(id), ofB.chain(v.other)...)
			if len(chain) == 0 {
				return contradiction("%s says that they are different; undo it first", v.via), nil
			}
			return contradiction("%s says that %s and %s are different, which would be the same by %s; undo one of these first", v.via, id, v.other, chained(chain)), nil
		}
	}
	return nil, nil
}

func contradiction(format string, args ...any) diplomacy.Problems {
	return diplomacy.Problems{{Field: "verdict", Reason: fmt.Sprintf(format, args...)}}
}

// chained names the judgements of a chain, of a long one the first.
func chained(chain []diplomacy.ID) string {
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

// reached is every entity that is the same as one, with the judgement that led to
// it; the entity itself with none.
type reached map[diplomacy.ID]verdict // other is whence it led

// reach walks over the judgements but one, the nearest entities first.
func (r *reader) reach(id, but diplomacy.ID) (reached, error) {
	met := reached{id: verdict{}}
	for queue := []diplomacy.ID{id}; len(queue) > 0; queue = queue[1:] {
		found, err := r.verdicts(verdictSame, queue[0])
		if err != nil {
			return nil, err
		}
		for _, v := range found {
			if _, known := met[v.other]; !known && v.via != but {
				met[v.other] = verdict{queue[0], v.via}
				queue = append(queue, v.other)
			}
		}
	}
	return met, nil
}

// chain are the judgements that lead to an entity.
func (r reached) chain(to diplomacy.ID) (chain []diplomacy.ID) {
	for v := r[to]; v.via != 0; v = r[v.other] {
		chain = append(chain, v.via)
	}
	slices.Reverse(chain)
	return chain
}

// ids are the entities, by ascending id.
func (r reached) ids() []diplomacy.ID {
	ids := make([]diplomacy.ID, 0, len(r))
	for id := range r {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}
