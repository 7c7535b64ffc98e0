package diplomacy_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"chancery/diplomacy"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares a text with a file. What such a file fixes is in stored
// graphs and in clients' bookmarks: a change of it must be an addition.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s is fixed, only added to (-want +got):\n%s", file, diff)
	}
}

func TestNumbersOfKindsAreFixed(t *testing.T) {
	all := everyKind()
	slices.Sort(all)
	var b strings.Builder
	for _, kind := range all {
		predicate := ""
		if rule := diplomacy.RuleOf(kind); rule != nil {
			predicate = " " + rule.Name
		}
		prefix := strings.TrimSuffix(diplomacy.MakeID(kind, 0).String(), "_000000000000")
		fmt.Fprintf(&b, "%d %s %s%s\n", kind, kind, prefix, predicate)
	}
	golden(t, "testdata/kinds.txt", b.String())
}

// TestPredicatesAreFixed keeps what stored statements may link and carry, and
// whose date they are ordered by.
func TestPredicatesAreFixed(t *testing.T) {
	var b strings.Builder
	for _, rule := range diplomacy.Vocabulary {
		fmt.Fprintf(&b, "%s (%s) %v -> %v\n", rule.Name, rule.Inverse, rule.Subjects, rule.Objects)
		fmt.Fprintf(&b, "\trole %q fields %05b dated %d lasting %v\n", rule.Role, rule.Fields, rule.DatedBy, rule.Lasting)
	}
	golden(t, "testdata/predicates.txt", b.String())
}

type termList struct {
	name  string
	terms diplomacy.Terms
}

// lists are all controlled lists, by the names of their variables.
var lists = []termList{
	{"EventKinds", diplomacy.EventKinds},
	{"Media", diplomacy.Media},
	{"Formats", diplomacy.Formats},
	{"Levels", diplomacy.Levels},
	{"VisitRanks", diplomacy.VisitRanks},
	{"SessionTypes", diplomacy.SessionTypes},
	{"Statuses", diplomacy.Statuses},
	{"OrganizationKinds", diplomacy.OrganizationKinds},
	{"CouncilKinds", diplomacy.CouncilKinds},
	{"OfficeKinds", diplomacy.OfficeKinds},
	{"AgreementKinds", diplomacy.AgreementKinds},
	{"Indicators", diplomacy.Indicators},
	{"PlaceKinds", diplomacy.PlaceKinds},
	{"SourceKinds", diplomacy.SourceKinds},
	{"NameKinds", diplomacy.NameKinds},
	{"Ranks", diplomacy.Ranks},
	{"Capacities", diplomacy.Capacities},
	{"StartModes", diplomacy.StartModes},
	{"EndCauses", diplomacy.EndCauses},
	{"MembershipKinds", diplomacy.MembershipKinds},
	{"Roles", diplomacy.Roles},
	{"RelationLevels", diplomacy.RelationLevels},
	{"PartyActions", diplomacy.PartyActions},
	{"Parts", diplomacy.Parts},
	{"Stances", diplomacy.Stances},
	{"Methods", diplomacy.Methods},
	{"Verdicts", diplomacy.Verdicts},
	{"ObservationUnits", diplomacy.ObservationUnits},
	{"Actions", diplomacy.Actions},
}

func TestCodesOfTermsAreFixed(t *testing.T) {
	var b strings.Builder
	for _, list := range lists {
		fmt.Fprintln(&b, list.name)
		for _, term := range list.terms {
			fmt.Fprintf(&b, "\t%d %s\n", list.terms.Code(term), term)
		}
	}
	golden(t, "testdata/terms.txt", b.String())
}

func TestTermsAreUniqueUpperSnakeCase(t *testing.T) {
	for _, list := range lists {
		for i, term := range list.terms {
			if !snake.MatchString(string(term)) || slices.Index(list.terms, term) != i {
				t.Errorf("%s: %s is no word in upper snake case, or there twice", list.name, term)
			}
		}
		if len(list.terms) > 255 || list.terms.Code("") != 0 || list.terms.Code("NO_SUCH") != 0 || list.terms.Has("") {
			t.Errorf("%s: a code is a byte, and 0 that of what is not in the list", list.name)
		}
	}
}

// TestEveryControlledListHasFixedCodes finds the lists that the package's tables draw from and
// the golden file does not know.
func TestEveryControlledListHasFixedCodes(t *testing.T) {
	used := []diplomacy.Terms{}
	for _, rule := range diplomacy.Vocabulary {
		used = append(used, rule.Roles)
	}
	for _, kind := range diplomacy.EntityKinds {
		for facet := range diplomacy.FacetCount {
			used = append(used, diplomacy.FacetTerms(kind, facet))
		}
	}
	for _, terms := range used {
		known := func(list termList) bool { return slices.Equal(list.terms, terms) }
		if len(terms) > 0 && !slices.ContainsFunc(lists, known) {
			t.Errorf("the codes of %s are not fixed", terms)
		}
	}
}
