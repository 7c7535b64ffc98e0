package layout

import "chancery/diplomacy"

// Judgements with the verdict SAME or DIFFERENT have entries in a table of their own, one
// for each of the two entities. It is small, so walking over it costs little, and next
// to nothing while it is empty.

// The first bytes of keys in the table Identity.
const (
	VerdictSame      = 's'
	VerdictDifferent = 'x'
)

// identityEntries appends to the entries of a judgement those of its verdict.
func identityEntries(j *diplomacy.Judgement, entries []Entry) []Entry {
	verdict := byte(VerdictSame)
	switch j.Verdict {
	case "SAME":
	case "DIFFERENT":
		verdict = VerdictDifferent
	default:
		return entries
	}
	for _, ends := range [][2]diplomacy.ID{{j.A, j.B}, {j.B, j.A}} {
		key := AppendUint64(AppendUint64(IdentityKey(verdict, ends[0]), ends[1]), j.ID)
		entries = append(entries, Entry{Identity, key, nil})
	}
	return entries
}

// IdentityKey returns the prefix of the keys of an entity's verdicts.
func IdentityKey(verdict byte, of diplomacy.ID) []byte {
	return AppendUint64(append(make([]byte, 0, 1+3*8), verdict), of)
}
