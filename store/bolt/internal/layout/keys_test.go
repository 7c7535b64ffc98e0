package layout

import (
	"bytes"
	"cmp"
	"testing"

	"chancery/diplomacy"
	"chancery/store"

	"pgregory.net/rapid"
)

func TestStartKeysSortAsInstants(t *testing.T) {
	starts := rapid.OneOf(rapid.Int64(), rapid.SampledFrom([]int64{int64(diplomacy.Past), -1, 0, 1, int64(diplomacy.Future)}))
	rapid.Check(t, func(t *rapid.T) {
		a, b := starts.Draw(t, "a"), starts.Draw(t, "b")
		encode := func(n int64) []byte { return AppendUint64(nil, StartKey(diplomacy.Instant(n))) }
		if bytes.Compare(encode(a), encode(b)) != cmp.Compare(a, b) {
			t.Fatalf("%d and %d sort as %x and %x", a, b, encode(a), encode(b))
		}
	})
}

// Folded names sort as they are, cut or not, and ties by ID.
func TestNameKeysSortAsFoldedNames(t *testing.T) {
	words := rapid.StringMatching(`[a-cA-C é]{0,70}`)
	ids := rapid.Custom(func(t *rapid.T) diplomacy.ID {
		return diplomacy.MakeID(diplomacy.KindPerson, rapid.Uint64Range(1, 3).Draw(t, "stamp"))
	})
	rapid.Check(t, func(t *rapid.T) {
		x, y, i, j := words.Draw(t, "x"), words.Draw(t, "y"), ids.Draw(t, "i"), ids.Draw(t, "j")
		cut := func(name string) string {
			folded := store.FoldName(name)
			return folded[:min(len(folded), maxSortName)]
		}
		got := bytes.Compare(AppendUint64(nameKey(nil, x), i), AppendUint64(nameKey(nil, y), j))
		if want := cmp.Or(cmp.Compare(cut(x), cut(y)), cmp.Compare(i, j)); got != want {
			t.Fatalf("%q %d and %q %d compare as %d, not %d", x, i, y, j, got, want)
		}
	})
}

func TestRecordKeysDecodeAndSortByKindAndStamp(t *testing.T) {
	ids := rapid.Custom(func(t *rapid.T) diplomacy.ID { return diplomacy.ID(rapid.Uint64().Draw(t, "id")) })
	rapid.Check(t, func(t *rapid.T) {
		a, b := ids.Draw(t, "a"), ids.Draw(t, "b")
		if RecordID(RecordKey(a)) != a {
			t.Fatalf("%x decodes to %x", a, RecordID(RecordKey(a)))
		}
		want := cmp.Or(cmp.Compare(a.Kind(), b.Kind()), cmp.Compare(a.Stamp(), b.Stamp()))
		if got := bytes.Compare(RecordKey(a), RecordKey(b)); got != want {
			t.Fatalf("%x and %x compare as %d, not %d", a, b, got, want)
		}
	})
}
