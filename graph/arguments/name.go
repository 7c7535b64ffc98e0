package arguments

import (
	"unicode/utf8"

	"chancery/diplomacy"
	"chancery/graph/model"
	"chancery/store"
)

// maxNameTest is how long a text of a name filter may be, in characters after folding.
const maxNameTest = 200

// nameTest decodes a NameFilter.
func nameTest(v any) (test store.NameTest, err error) {
	given, _ := v.(map[string]any)
	for _, part := range []struct {
		field string
		text  *string
	}{{"equals", &test.Equals}, {"contains", &test.Contains}, {"startsWith", &test.StartsWith}} {
		var found bool
		if *part.text, found = given[part.field].(string); found {
			if err := checkNameTest(part.field, *part.text); err != nil {
				return store.NameTest{}, err
			}
		}
	}
	return test, nil
}

// checkNameTest rejects a text that equals no name and is part of every one, and one that
// is long.
func checkNameTest(field, text string) error {
	n := utf8.RuneCountInString(text)
	if n <= 10*maxNameTest { // folding may shorten it
		n = utf8.RuneCountInString(store.FoldName(text))
	}
	switch {
	case n == 0:
		return model.BadInput("where.name.%s: %s has no character to compare; leave the field out to match all names", field, diplomacy.Shorten(text))
	case n > maxNameTest:
		return model.BadInput("where.name.%s: has %d characters; at most %d are allowed", field, n, maxNameTest)
	}
	return nil
}
