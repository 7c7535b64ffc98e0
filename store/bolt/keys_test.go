package bolt

import (
	"bytes"
	"cmp"
	"testing"

	"chancery/diplomacy"
	"chancery/store"

	"pgregory.net/rapid"
)

// TestKeysSort holds the order of encoded keys against that of what they encode.
func TestKeysSort(t *testing.T) {
	starts := rapid.OneOf(rapid.Int64(), rapid.SampledFrom([]int64{int64(diplomacy.Past), -1, 0, 1, int64(diplomacy.Future)}))
	rapid.Check(t, func(t *rapid.T) {
		a, b := starts.Draw(t, "a"), starts.Draw(t, "b")
		encode := func(n int64) []byte { return be(nil, startKey(diplomacy.Instant(n))) }
		if bytes.Compare(encode(a), encode(b)) != cmp.Compare(a, b) {
			t.Fatalf("%d and %d sort as %x and %x", a, b, encode(a), encode(b))
		}
	})
}

// TestNamesSort: folded names sort as they are, cut or not, and then the ids.
func TestNamesSort(t *testing.T) {
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
		got := bytes.Compare(be(nameKey(nil, x), i), be(nameKey(nil, y), j))
		if want := cmp.Or(cmp.Compare(cut(x), cut(y)), cmp.Compare(i, j)); got != want {
			t.Fatalf("%q %d and %q %d compare as %d, not %d", x, i, y, j, got, want)
		}
	})
}

// TestRecordKeys: a record's key leads back to it, and sorts by kind and stamp.
func TestRecordKeys(t *testing.T) {
	ids := rapid.Custom(func(t *rapid.T) diplomacy.ID { return diplomacy.ID(rapid.Uint64().Draw(t, "id")) })
	rapid.Check(t, func(t *rapid.T) {
		a, b := ids.Draw(t, "a"), ids.Draw(t, "b")
		if recordOf(recordKey(a)) != a {
			t.Fatalf("%x comes back as %x", a, recordOf(recordKey(a)))
		}
		want := cmp.Or(cmp.Compare(a.Kind(), b.Kind()), cmp.Compare(a.Stamp(), b.Stamp()))
		if got := bytes.Compare(recordKey(a), recordKey(b)); got != want {
			t.Fatalf("%x and %x compare as %d, not %d", a, b, got, want)
		}
	})
}

// TestCursorsDoNotMix: a cursor fits the list that it was given for, and no
// changed byte goes unnoticed.
func TestCursorsDoNotMix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rest := rapid.SliceOfN(rapid.Byte(), 8, 80).Draw(t, "rest")
		list, other := newStamp([]byte("one")), newStamp([]byte("another"))
		c := list.cursor(place{rest, store.Behalf})
		if back, err := list.place(c); err != nil || !bytes.Equal(back.rest, rest) || back.direction != store.Behalf {
			t.Fatalf("%x comes back as %v, %v", rest, back, err)
		}
		if _, err := other.place(c); err == nil {
			t.Fatal("it fits another list")
		}
		damaged := []byte(c)
		damaged[rapid.IntRange(0, len(damaged)-1).Draw(t, "at")] ^= rapid.ByteRange(1, 255).Draw(t, "by")
		if _, err := list.place(store.Cursor(damaged)); err == nil {
			t.Fatal("damage goes unnoticed")
		}
	})
}
