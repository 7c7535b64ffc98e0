package powerfailure

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
)

// history writes a page of ones, syncs it, makes the file longer, and writes two pages of twos, which are
// synced between line 5 and line 7.
func history() []Call {
	return []Call{
		{Name: "pwrite64", File: "/a", Data: bytes.Repeat([]byte{1}, page), Begun: 0, Ended: 0},
		{Name: "fdatasync", File: "/a", Begun: 1, Ended: 1},
		{Name: "ftruncate", File: "/a", Number: 4 * page, Begun: 2, Ended: 2},
		{Name: "pwrite64", File: "/a", Data: bytes.Repeat([]byte{2}, 2*page), Begun: 3, Ended: 3},
		{Name: "fsync", File: "/a", Begun: 5, Ended: 7},
	}
}

// TestRemainsAreOfEveryKind makes many power failures at one line and looks for each kind of loss.
func TestRemainsAreOfEveryKind(t *testing.T) {
	found := map[string]int{}
	for seed := range uint64(500) {
		left := Remains(history(), 6, rand.New(rand.NewPCG(seed, 0)))
		if len(left) < page || bytes.ContainsRune(left[:page], 0) {
			t.Fatalf("what was synced is lost: %d bytes", len(left))
		}
		found[kind(left)]++
	}
	for _, want := range []string{"nothing", "all", "torn", "only the size", "only the second page"} {
		if found[want] == 0 {
			t.Errorf("no power failure left %s; they left %v", want, found)
		}
	}
}

func kind(left []byte) string {
	size := len(left)
	twos := func(from int) int { return bytes.Count(left[min(from, size):min(from+page, size)], []byte{2}) }
	first, second := twos(0), twos(page)
	switch {
	case first%page != 0 || second%page != 0:
		return "torn"
	case first == page && second == page && size == 4*page:
		return "all"
	case first == 0 && second == page:
		return "only the second page"
	case first == 0 && second == 0 && size == 4*page:
		return "only the size"
	case first == 0 && second == 0 && size == page:
		return "nothing"
	}
	return "something else"
}

func TestSyncedCallsRemain(t *testing.T) {
	for seed := range uint64(100) {
		left := Remains(history(), 8, rand.New(rand.NewPCG(seed, 0)))
		if !bytes.Equal(left, Whole(history())) {
			t.Fatalf("seed %d: it differs", seed)
		}
	}
}

func TestCallsOfAnotherKindAreRejected(t *testing.T) {
	other := Call{Name: "writev", File: "/a"}
	if own, err := Of(append(history(), other), "/a"); err == nil {
		t.Errorf("accepted %v", own)
	}
	other.File = "/b"
	own, err := Of(slices.Insert(history(), 2, other), "/a")
	if err != nil || len(own) != len(history()) {
		t.Errorf("%d calls, %v", len(own), err)
	}
}
