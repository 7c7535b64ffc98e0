package arguments

import (
	"chancery/diplomacy"
	"chancery/graph/model"
	"chancery/store"
)

// dateFields are the fields of filters that test a time: of the node, and (valid)
// of the statement.
var dateFields = []string{"date", "born", "founded", "period", "published", "valid"}

// timeTests decodes the DateFilters and the SpanFilter of a filter. What has no date is no
// answer unless it is asked for; so in a filter that is negated it passes the test.
func timeTests(where map[string]any, negated bool) ([]store.TimeTest, error) {
	return timeTestsOf(where, negated, dateFields...)
}

// timeTestsOf decodes the filters on times in some fields of a filter.
func timeTestsOf(where map[string]any, negated bool, fields ...string) ([]store.TimeTest, error) {
	var tests []store.TimeTest
	for _, field := range fields {
		given, _ := where[field].(map[string]any)
		tests = append(tests, nullTests(given)...)
		for _, name := range []string{"within", "after", "before", "at", "starts", "ends"} {
			t, err := timeOf(given, name)
			if err != nil {
				return nil, model.BadInput("where.%s.%v", field, err)
			}
			if !t.IsZero() {
				tests = append(tests, timeTest(name, t, match(given), includesUndated(given) != negated))
			}
		}
	}
	return tests, nil
}

func timeTest(name string, t diplomacy.Time, m diplomacy.Match, undated bool) store.TimeTest {
	test := store.TimeTest{Window: t.Window(), Match: m, Undated: undated}
	switch name {
	case "within":
		test.Relation = store.Within
	case "after":
		test.Relation = store.Within
		test.Window = diplomacy.Window{From: t.Window().To, To: diplomacy.Future}
	case "before":
		test.Relation = store.Within
		test.Window = diplomacy.Window{From: diplomacy.Past, To: t.Window().From}
	case "at":
		test.Relation = store.Holds
	case "starts":
		test.Relation = store.Starts
	case "ends":
		test.Relation = store.Ends
	}
	return test
}

func timeOf(raw map[string]any, name string) (diplomacy.Time, error) {
	text, _ := raw[name].(string)
	t, err := diplomacy.ParseTime(text)
	if err != nil {
		return t, model.BadInput("%s: %v", name, err)
	}
	return t, nil
}

// ReadTime decodes the time that a field asks about; zero if it names none.
func ReadTime(raw map[string]any) (diplomacy.Time, error) { return timeOf(raw, "validAt") }

// includesUndated decodes whether what has no date is an answer, too.
func includesUndated(raw map[string]any) bool { return raw["includeUndated"] == true }

// match decodes how certain an answer must be.
func match(raw map[string]any) diplomacy.Match {
	if raw["match"] == string(diplomacy.Certain) {
		return diplomacy.Certain
	}
	return diplomacy.Possible
}
