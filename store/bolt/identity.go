package bolt

import "chancery/diplomacy"

// The judgements that say SAME or DIFFERENT stand in a table of their own, seen
// from both entities: it is small, so walking over it costs little, and next to
// nothing while it is empty.

// verdictSame and verdictDifferent begin its keys.
const (
	verdictSame      = 's'
	verdictDifferent = 'x'
)

// identityEntries adds to the entries of a judgement those of its verdict.
func identityEntries(j *diplomacy.Judgement, entries []entry) []entry {
	verdict := byte(verdictSame)
	switch j.Verdict {
	case "SAME":
	case "DIFFERENT":
		verdict = verdictDifferent
	default:
		return entries
	}
	for _, ends := range [][2]diplomacy.ID{{j.A, j.B}, {j.B, j.A}} {
		key := be(be(identityKey(verdict, ends[0]), ends[1]), j.ID)
		entries = append(entries, entry{identity, key, nil})
	}
	return entries
}

// identityKey begins the keys of an entity's verdicts.
func identityKey(verdict byte, of diplomacy.ID) []byte {
	return be(append(make([]byte, 0, 1+3*8), verdict), of)
}

// verdict is one judgement as seen from an entity.
type verdict struct{ other, via diplomacy.ID }

// verdicts are those of one sort about an entity, in this state and view.
func (r *reader) verdicts(sort byte, of diplomacy.ID) (found []verdict, err error) {
	for _, s := range r.strands(nil, identity, strand{prefix: identityKey(sort, of)}) {
		for s.seek(nil, false); s.rest != nil; s.step(false) {
			v := verdict{number[diplomacy.ID](s.rest), number[diplomacy.ID](s.rest[8:])}
			hidden := false
			if of.Kind() == diplomacy.KindSource {
				hidden, err = r.hidden(v.via)
			}
			if err != nil {
				return nil, err
			}
			if !hidden {
				found = append(found, v)
			}
		}
	}
	return found, nil
}

// group is an entity with all that are held to be the same, by ascending id.
func (r *reader) group(id diplomacy.ID) ([]diplomacy.ID, error) {
	reach, err := r.reach(id, 0)
	return reach.ids(), err
}
