package layout

import (
	"hash/crc32"
	"testing"

	"chancery/store"
)

// TestFoldingIsThatOfTheFormat: keys hold folded names, so files must be upgraded when
// names fold otherwise (Unicode's tables too): raise Format, see internal/file/upgrade.go.
func TestFoldingIsThatOfTheFormat(t *testing.T) {
	sum := crc32.New(Castagnoli)
	for _, letters := range [][2]rune{{0, 0x600}, {0x900, 0x980}, {0x3000, 0x3100}} {
		for r := letters[0]; r < letters[1]; r++ {
			for _, name := range []string{string(r), "a" + string(r), "и" + string(r), "ا" + string(r), "か" + string(r)} {
				sum.Write([]byte(store.FoldName(name) + "\n"))
			}
		}
	}
	got := [2]uint32{Format, sum.Sum32()}
	if want := [2]uint32{4, 2084101751}; got != want {
		t.Errorf("format and checksum of folded letters are %d, want %d", got, want)
	}
}
