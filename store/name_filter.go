package store

import (
	"strings"

	"chancery/diplomacy"
)

// FoldedTest is a NameTest folded once, to test many names.
type FoldedTest struct {
	Equals, Contains, StartsWith string
	all, none                    bool // passes all, or none
}

// Fold folds the texts of a test.
func (t NameTest) Fold() FoldedTest {
	f := FoldedTest{Equals: FoldName(t.Equals), Contains: FoldName(t.Contains), StartsWith: FoldName(t.StartsWith)}
	f.all = t == NameTest{}
	f.none = f.Equals == "" && t.Equals != "" || f.Contains == "" && t.Contains != "" || f.StartsWith == "" && t.StartsWith != ""
	return f
}

// Passes holds the names of an entity against the test.
func (t NameTest) Passes(names []diplomacy.Name) bool { return t.Fold().Passes(names) }

// None reports whether no name passes, since a text folds to nothing.
func (t FoldedTest) None() bool { return t.none }

// Passes holds the names of an entity against the test.
func (t FoldedTest) Passes(names []diplomacy.Name) bool {
	for i := range names {
		if t.all || t.Folded(FoldName(names[i].Value)) {
			return true
		}
	}
	return t.all
}

// Folded holds one folded name against the test.
func (t FoldedTest) Folded(name string) bool {
	return !t.none && (t.Equals == "" || name == t.Equals) &&
		strings.Contains(name, t.Contains) && strings.HasPrefix(name, t.StartsWith)
}
