package powerfailure

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

func TestLogIsReadAsCalls(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/log.txtar")
	if err != nil {
		t.Fatal(err)
	}
	calls, err := Read(strings.NewReader(string(archive.Files[0].Data)))
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, c := range calls {
		got.WriteString(describe(c) + "\n")
	}
	if want := string(archive.Files[1].Data); got.String() != want {
		t.Errorf("read\n%swant\n%s", got.String(), want)
	}
}

func describe(c Call) string {
	text := fmt.Sprintf("%d-", c.Begun)
	if c.Ended != Never {
		text += fmt.Sprint(c.Ended)
	}
	text += fmt.Sprintf(" %s %s %q", c.Name, c.File, c.Data)
	switch {
	case c.Created:
		text += " creates"
	case c.Name == "pwrite64", c.Name == "ftruncate":
		text += fmt.Sprint(" at ", c.Number)
	}
	return text
}

// TestLogsThatLackDataAreRejected: what was left out of a log would be missing without a power
// failure.
func TestLogsThatLackDataAreRejected(t *testing.T) {
	for _, log := range []string{
		`10 pwrite64(8<\x2f\x61>, "\x01\x02"..., 4096, 0) = 4096`,
		`10 pwrite64(8<\x2f\x61>, "\x01\x02", 4, 0) = 4`,
		`10 pwrite64(8<\x2f\x61>, 0x7f, 4, 0) = 4`,
		`10 <... write resumed>) = 2`,
		`10 write`,
		`10 write(1<not hexadecimal>, "", 0) = 0`,
	} {
		if calls, err := Read(strings.NewReader(log)); err == nil {
			t.Errorf("%s is read as %+v", log, calls)
		}
	}
}
