package graph_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
)

// standards lists the standards from which the schema takes terms, by the names
// used in descriptions. Text after the name gives the place in the standard.
var standards = []string{
	"BCP 47", "CAMEO", "EDTF", "FOAF", "IMTS 2010", "ISO 15924", "ISO 4217", "Library of Congress", "Montevideo Convention",
	"OWL", "PLOVER", "PROV-O", "Popolo", "RFC 3339", "Relay", "SDMX", "SKOS", "UN Charter", "UN General Assembly", "UN Treaty Collection",
	"US Department of State", "Vienna Convention on Consular Relations", "Vienna Convention on Diplomatic Relations",
	"Vienna Convention on the Law of Treaties", "W3C ORG", "W3C Web Annotation", "WGS 84", "Wikibase", "Wikidata", "schema.org",
}

// ours marks terms of the project itself.
const ours = "ours"

var (
	inParentheses = regexp.MustCompile(`\(([^()]*)\)`)
	termsOf       = regexp.MustCompile(`Terms: ([^()]+)\.$`)
)

// standardsIn returns the standards that a description names in parentheses.
func standardsIn(description string) (named []string) {
	for _, found := range inParentheses.FindAllStringSubmatch(description, -1) {
		for _, standard := range standards {
			if text := strings.TrimPrefix(found[1], standard); text != found[1] && (text == "" || strings.ContainsAny(text[:1], " ,;")) {
				named = append(named, standard)
			}
		}
	}
	return named
}

// TestEnumsNameTheStandardsOfTheirValues requires that the description of an enum
// ends with "Terms: " and the standards that its values name, and "ours" if some of
// them name no standard.
func TestEnumsNameTheStandardsOfTheirValues(t *testing.T) {
	for name, def := range loadSchema(t).Types {
		if def.Kind != ast.Enum || def.BuiltIn || strings.HasPrefix(name, "link__") { // the last is another's
			continue
		}
		var want []string
		for _, value := range def.EnumValues {
			from := standardsIn(value.Description)
			if len(from) == 0 {
				from = []string{ours}
			}
			want = append(want, from...)
		}
		var got []string
		if terms := termsOf.FindStringSubmatch(def.Description); terms != nil {
			got = strings.Split(terms[1], "; ")
		}
		slices.Sort(want)
		slices.Sort(got)
		if diff := cmp.Diff(slices.Compact(want), got); diff != "" {
			t.Errorf("%s says %q (-its values +its description):\n%s", name, def.Description, diff)
		}
	}
}

// TestRecordTypesNameTheirStandard requires the standard, or "our own term", in
// the description of every type of record and every interface.
func TestRecordTypesNameTheirStandard(t *testing.T) {
	for name, def := range loadSchema(t).Types {
		if def.Kind != ast.Interface && !slices.Contains(def.Interfaces, "Node") {
			continue
		}
		if own := strings.Contains(def.Description, "(our own term)"); own == (len(standardsIn(def.Description)) > 0) {
			t.Errorf("%s must name either a standard in parentheses or (our own term): %q", name, def.Description)
		}
	}
}

// TestStandardsAreKnown requires that capitalized words in parentheses are one of
// the standards above or a term of the schema, so that none is misspelt.
func TestStandardsAreKnown(t *testing.T) {
	schema := loadSchema(t)
	seen := map[string]bool{}
	everyDescription(schema, func(of, description string) {
		for _, found := range inParentheses.FindAllStringSubmatch(description, -1) {
			first, _, _ := strings.Cut(found[1], " ")
			if named := standardsIn("(" + found[1] + ")"); len(named) > 0 {
				seen[named[0]] = true
			} else if strings.ToLower(first) != first && !isTerm(schema, first) {
				t.Errorf("%s names %q, which is not in the list of standards", of, found[1])
			}
		}
	})
	for _, standard := range standards {
		if !seen[standard] {
			t.Errorf("no term is taken from %s any more", standard)
		}
	}
}

func isTerm(schema *ast.Schema, term string) bool {
	for _, def := range schema.Types {
		if def.EnumValues.ForName(term) != nil {
			return true
		}
	}
	return false
}

var saysUnit = regexp.MustCompile(`\d|\bunits?\b|^The number of `)

// TestNumbersDescribeTheirUnit requires that the description of a number gives its
// unit, its range, or what it counts.
func TestNumbersDescribeTheirUnit(t *testing.T) {
	for name, def := range loadSchema(t).Types {
		if def.BuiltIn {
			continue
		}
		for _, field := range def.Fields {
			expectUnit(t, name+"."+field.Name, field.Type, field.Description)
			for _, argument := range field.Arguments {
				expectUnit(t, name+"."+field.Name+"("+argument.Name+":)", argument.Type, argument.Description)
			}
		}
	}
}

func expectUnit(t *testing.T, of string, is *ast.Type, description string) {
	t.Helper()
	if slices.Contains([]string{"Int", "Float", "Decimal"}, is.Name()) && !saysUnit.MatchString(description) {
		t.Errorf("%s is a number, but %q gives no unit or range", of, description)
	}
}

// everyDescription calls f with each description of the schema.
func everyDescription(schema *ast.Schema, f func(of, description string)) {
	for name, def := range schema.Types {
		if def.BuiltIn {
			continue
		}
		f(name, def.Description)
		for _, field := range def.Fields {
			f(name+"."+field.Name, field.Description)
			for _, argument := range field.Arguments {
				f(name+"."+field.Name+"("+argument.Name+":)", argument.Description)
			}
		}
		for _, value := range def.EnumValues {
			f(name+"."+value.Name, value.Description)
		}
	}
	for name, directive := range schema.Directives {
		f("@"+name, directive.Description)
		for _, argument := range directive.Arguments {
			f("@"+name+"("+argument.Name+":)", argument.Description)
		}
	}
}
