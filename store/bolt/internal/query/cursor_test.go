package query

import (
	"bytes"
	"testing"

	"chancery/store"

	"pgregory.net/rapid"
)

func TestCursorsOfOtherListsAndDamagedOnesAreRejected(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rest := rapid.SliceOfN(rapid.Byte(), 8, 80).Draw(t, "rest")
		list, other := newListID([]byte("one")), newListID([]byte("another"))
		c := list.cursor(position{rest, store.Behalf})
		if back, err := list.decode(c); err != nil || !bytes.Equal(back.rest, rest) || back.direction != store.Behalf {
			t.Fatalf("%x decodes to %v, %v", rest, back, err)
		}
		if _, err := other.decode(c); err == nil {
			t.Fatal("another list accepts it")
		}
		damaged := []byte(c)
		damaged[rapid.IntRange(0, len(damaged)-1).Draw(t, "at")] ^= rapid.ByteRange(1, 255).Draw(t, "by")
		if _, err := list.decode(store.Cursor(damaged)); err == nil {
			t.Fatal("it is accepted with a changed byte")
		}
	})
}
