package diplomacy_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"chancery/diplomacy"
)

// row is a line of testdata/edtf.txt, which says how it is written.
type row struct {
	line    int
	text    string
	span    diplomacy.Span
	refused *diplomacy.TimeError
}

func table(t testing.TB) []row {
	t.Helper()
	data, err := os.ReadFile("testdata/edtf.txt")
	if err != nil {
		t.Fatal(err)
	}
	var rows []row
	for i, line := range strings.Split(string(data), "\n") {
		if line != "" && !strings.HasPrefix(line, "# ") && line != "#" {
			rows = append(rows, readRow(t, i+1, line))
		}
	}
	if len(rows) == 0 {
		t.Fatal("the table is empty")
	}
	return rows
}

func readRow(t testing.TB, number int, line string) row {
	t.Helper()
	r := row{line: number}
	var rest string
	r.text, rest, _ = strings.Cut(line, " ")
	if quoted, err := strconv.QuotedPrefix(line); err == nil {
		r.text, _ = strconv.Unquote(quoted)
		rest = line[len(quoted):]
	}
	rest = strings.TrimSpace(rest)
	if refusal, found := strings.CutPrefix(rest, "!"); found {
		position, reason, _ := strings.Cut(refusal, " ")
		r.refused = &diplomacy.TimeError{Text: r.text, Pos: atoi(t, position), Reason: reason}
		return r
	}
	r.span = readSpan(t, rest)
	return r
}

func readSpan(t testing.TB, text string) diplomacy.Span {
	t.Helper()
	text, qualified := strings.CutSuffix(text, " ?")
	bounds := strings.Fields(text)
	if len(bounds) == 2 {
		bounds = append(bounds, bounds...)
	}
	if len(bounds) != 4 {
		t.Fatalf("%q has not two or four bounds", text)
	}
	return diplomacy.Span{
		StartMin: bound(t, bounds[0]), StartMax: bound(t, bounds[1]),
		EndMin: bound(t, bounds[2]), EndMax: bound(t, bounds[3]),
		Qualified: qualified,
	}
}

// bound reads an instant as the table has it: Past, Future, a day, or a second.
func bound(t testing.TB, text string) diplomacy.Instant {
	t.Helper()
	switch text {
	case "Past":
		return diplomacy.Past
	case "Future":
		return diplomacy.Future
	}
	var year, month, day, hour, minute, second int
	digits, negative := strings.CutPrefix(text, "-")
	date, clock, timed := strings.Cut(digits, "T")
	if _, err := fmt.Sscanf(date, "%d-%d-%d", &year, &month, &day); err != nil {
		t.Fatalf("%q is no bound: %v", text, err)
	}
	if timed {
		if _, err := fmt.Sscanf(clock, "%d:%d:%d", &hour, &minute, &second); err != nil {
			t.Fatalf("%q is no bound: %v", text, err)
		}
	}
	if negative {
		year = -year
	}
	return diplomacy.Instant(time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC).Unix())
}

func atoi(t testing.TB, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
