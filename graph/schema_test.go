package graph_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"chancery/curation"
	"chancery/curation/duplicates"
	"chancery/curation/findings"
	"chancery/diplomacy"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// loadSchema reads the schema as it stands in its files.
func loadSchema(t testing.TB) *ast.Schema {
	t.Helper()
	var sources []*ast.Source
	for _, file := range []string{"../schema.graphqls", "../federation.graphqls", "router.graphqls"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, &ast.Source{Name: file, Input: string(text)})
	}
	return gqlparser.MustLoadSchema(sources...)
}

// listed are the enums that repeat a controlled list of the vocabulary.
var listed = map[string]diplomacy.Terms{
	"EventKind":           diplomacy.EventKinds,
	"Medium":              diplomacy.Media,
	"Format":              diplomacy.Formats,
	"Level":               diplomacy.Levels,
	"VisitRank":           diplomacy.VisitRanks,
	"SessionType":         diplomacy.SessionTypes,
	"EventStatus":         diplomacy.Statuses,
	"OrganizationKind":    diplomacy.OrganizationKinds,
	"CouncilKind":         diplomacy.CouncilKinds,
	"OfficeKind":          diplomacy.OfficeKinds,
	"AgreementKind":       diplomacy.AgreementKinds,
	"Indicator":           diplomacy.Indicators,
	"PlaceKind":           diplomacy.PlaceKinds,
	"SourceKind":          diplomacy.SourceKinds,
	"NameKind":            diplomacy.NameKinds,
	"Rank":                diplomacy.Ranks,
	"Capacity":            diplomacy.Capacities,
	"StartMode":           diplomacy.StartModes,
	"EndCause":            diplomacy.EndCauses,
	"MembershipKind":      diplomacy.MembershipKinds,
	"ParticipationRole":   diplomacy.Roles,
	"RelationsLevel":      diplomacy.RelationLevels,
	"PartyAction":         diplomacy.PartyActions,
	"EvidencePart":        diplomacy.Parts,
	"Stance":              diplomacy.Stances,
	"EvidenceMethod":      diplomacy.Methods,
	"Verdict":             diplomacy.Verdicts,
	"UserErrorCode":       problemCodes(),
	"Predicate":           predicateNames(),
	"ThingType":           typeNames(),
	"DuplicateReasonKind": duplicates.ReasonKinds,
	"FindingKind":         ruleCodes(),
	"FindingSeverity":     findings.Severities,
	"Match":               {diplomacy.Term(diplomacy.Possible), diplomacy.Term(diplomacy.Certain)},
	"Role":                {"READER", "EDITOR", "ADMIN"}, // of package access
}

// own are the enums that are the API's alone.
var own = []string{"HoldingState", "Involvement", "NamedOrder", "DatedOrder", "LinkOrder", "QuoteState", "Doubt", "ChangeAction", "link__Purpose"}

func predicateNames() (names diplomacy.Terms) {
	for _, rule := range diplomacy.Vocabulary {
		names = append(names, diplomacy.Term(rule.Name))
	}
	return names
}

func ruleCodes() (codes diplomacy.Terms) {
	for _, rule := range findings.Rules {
		codes = append(codes, rule.Code)
	}
	return codes
}

func problemCodes() (codes diplomacy.Terms) {
	for _, code := range []curation.Code{
		curation.Invalid, curation.Unknown, curation.Taken, curation.Conflict, curation.Unsourced, curation.Referenced,
		curation.Contradicts, curation.Blocked, curation.KeyReused, curation.TooLarge,
	} {
		codes = append(codes, diplomacy.Term(code))
	}
	return codes
}

func typeNames() (names diplomacy.Terms) {
	for _, kind := range diplomacy.EntityKinds {
		names = append(names, diplomacy.Term(strings.ToUpper(kind.String())))
	}
	return names
}

func TestEnumsAreTheVocabulary(t *testing.T) {
	schema := loadSchema(t)
	for name, want := range listed {
		if schema.Types[name] == nil {
			t.Errorf("the schema has no enum %s", name)
			continue
		}
		var got diplomacy.Terms
		for _, value := range schema.Types[name].EnumValues {
			got = append(got, diplomacy.Term(value.Name))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("enum %s differs from its list (-list +enum):\n%s", name, diff)
		}
	}
	for name, def := range schema.Types {
		if _, known := listed[name]; def.Kind == ast.Enum && !def.BuiltIn && !known && !slices.Contains(own, name) {
			t.Errorf("enum %s is compared with no list; add it to this test", name)
		}
	}
}

// TestPredicatesHaveTheirTypes wants a type of each predicate whose ends are as
// narrow as the schema can say.
func TestPredicatesHaveTheirTypes(t *testing.T) {
	schema := loadSchema(t)
	for _, rule := range diplomacy.Vocabulary {
		def := schema.Types[rule.Type]
		if def == nil || def.Kind != ast.Object {
			t.Errorf("%s has no type %s", rule.Name, rule.Type)
			continue
		}
		for _, name := range []string{"Statement", "Node"} {
			if !slices.Contains(def.Interfaces, name) {
				t.Errorf("%s does not implement %s", rule.Type, name)
			}
		}
		for end, kinds := range map[string][]diplomacy.Kind{"subject": rule.Subjects, "object": rule.Objects} {
			if got, want := def.Fields.ForName(end).Type.String(), narrowest(schema, kinds)+"!"; got != want {
				t.Errorf("%s.%s is %s; the vocabulary asks for %s", rule.Type, end, got, want)
			}
		}
	}
}

// narrowest is the type that admits the kinds and the fewest others.
func narrowest(schema *ast.Schema, kinds []diplomacy.Kind) string {
	best := "Thing"
	for _, name := range append([]string{"Actor"}, kinds[0].String()) {
		if admitsAll(schema, name, kinds) && len(admitted(schema, name)) < len(admitted(schema, best)) {
			best = name
		}
	}
	return best
}

// admitted are the kinds of the records that a type of the schema can be.
func admitted(schema *ast.Schema, typeName string) (kinds []diplomacy.Kind) {
	for _, possible := range schema.GetPossibleTypes(schema.Types[typeName]) {
		if kind, ok := diplomacy.ParseKind(possible.Name); ok {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

func admitsAll(schema *ast.Schema, typeName string, kinds []diplomacy.Kind) bool {
	open := admitted(schema, typeName)
	return !slices.ContainsFunc(kinds, func(k diplomacy.Kind) bool { return !slices.Contains(open, k) })
}
