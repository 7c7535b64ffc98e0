package diplomacy_test

import (
	"regexp"
	"slices"
	"testing"

	"chancery/diplomacy"
)

var (
	snake  = regexp.MustCompile(`^[A-Z]+(_[A-Z]+)*$`)
	pascal = regexp.MustCompile(`^([A-Z][a-z]+)+$`)
)

func TestVocabularyRulesAreWellFormed(t *testing.T) {
	for _, rule := range diplomacy.Vocabulary {
		if !snake.MatchString(rule.Name) || !snake.MatchString(rule.Inverse) || !pascal.MatchString(rule.Type) {
			t.Errorf("%s, %s, %s: want upper snake case twice and a type in pascal case", rule.Name, rule.Inverse, rule.Type)
		}
		if rule.Meaning == "" {
			t.Errorf("%s has no meaning", rule.Name)
		}
		if (rule.Role == "") != (len(rule.Roles) == 0) {
			t.Errorf("%s: the role %q and its list %s belong together", rule.Name, rule.Role, rule.Roles)
		}
		if rule.Lasting && rule.DatedBy != diplomacy.ByValid {
			t.Errorf("%s lasts, yet is dated by an end", rule.Name)
		}
		checkEnds(t, rule)
	}
}

func checkEnds(t *testing.T, rule diplomacy.Rule) {
	for _, kinds := range [][]diplomacy.Kind{rule.Subjects, rule.Objects} {
		if len(kinds) == 0 || slices.ContainsFunc(kinds, func(k diplomacy.Kind) bool { return !k.IsEntity() }) {
			t.Errorf("%s links %v; want kinds of entities", rule.Name, kinds)
		}
		if len(slices.Compact(slices.Sorted(slices.Values(kinds)))) != len(kinds) {
			t.Errorf("%s names a kind twice: %v", rule.Name, kinds)
		}
	}
	if rule.SameKind && !slices.Equal(rule.Subjects, rule.Objects) {
		t.Errorf("%s links things of one kind, but allows %v and %v", rule.Name, rule.Subjects, rule.Objects)
	}
	if rule.Symmetric != (rule.Name == rule.Inverse) || rule.Symmetric && !rule.SameKind {
		t.Errorf("%s: what is symmetric is its own inverse and links things of one kind", rule.Name)
	}
}

// TestVocabularyNamesAreUnique holds for names and inverses together: a query may
// go by either.
func TestVocabularyNamesAreUnique(t *testing.T) {
	owner := map[string]string{}
	claim := func(name, by string) {
		if other, taken := owner[name]; taken && other != by {
			t.Errorf("%s and %s are both called %s", other, by, name)
		}
		owner[name] = by
	}
	for _, rule := range diplomacy.Vocabulary {
		claim(rule.Name, rule.Name)
		claim(rule.Inverse, rule.Name)
	}
	for _, kind := range everyKind() {
		claim(kind.String(), "the kind "+kind.String())
	}
	if len(owner) != 2*len(diplomacy.Vocabulary)-1+len(everyKind()) {
		t.Errorf("%d names are in use; one predicate of all is its own inverse", len(owner))
	}
}

func TestKindsAreFoundByName(t *testing.T) {
	for _, kind := range everyKind() {
		found, ok := diplomacy.ParseKind(kind.String())
		if !ok || found != kind {
			t.Errorf("ParseKind(%s) = %v, %v", kind, found, ok)
		}
		record := diplomacy.NewRecord(kind)
		if record == nil || record.Kind() != kind {
			t.Errorf("NewRecord(%s) is a %T", kind, record)
		}
		if _, isEntity := record.(diplomacy.Entity); isEntity != kind.IsEntity() {
			t.Errorf("a %s: IsEntity is %v", kind, kind.IsEntity())
		}
	}
	for _, name := range []string{"", "person", "PERSON", "HOLDS_OFFICE", "Nobody"} {
		if found, ok := diplomacy.ParseKind(name); ok {
			t.Errorf("ParseKind(%q) = %v", name, found)
		}
	}
}

func TestPredicatesAreFoundByName(t *testing.T) {
	for _, rule := range diplomacy.Vocabulary {
		found, ok := diplomacy.ParsePredicate(rule.Name)
		if !ok || found != rule.Predicate || !found.IsStatement() || diplomacy.RuleOf(found).Name != rule.Name {
			t.Errorf("ParsePredicate(%s) = %v, %v", rule.Name, found, ok)
		}
	}
	for _, name := range []string{"", "holds_office", "HELD_BY", "Tenure"} {
		if found, ok := diplomacy.ParsePredicate(name); ok {
			t.Errorf("ParsePredicate(%q) = %v", name, found)
		}
	}
}

// TestUnknownKindsHaveNoName also keeps the gaps between kinds free.
func TestUnknownKindsHaveNoName(t *testing.T) {
	known := everyKind()
	for number := range 256 {
		kind := diplomacy.Kind(number)
		if slices.Contains(known, kind) {
			continue
		}
		if kind.String() != "" || kind.IsEntity() || kind.IsStatement() || diplomacy.NewRecord(kind) != nil || diplomacy.NewEntity(kind) != nil || diplomacy.RuleOf(kind) != nil {
			t.Errorf("kind %d is %q", number, kind)
		}
	}
}
