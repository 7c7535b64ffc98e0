package graph_test

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"chancery/diplomacy"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
)

// Fields of inputs that are not stored in the record.
var (
	ofNew = map[string]string{"ref": "String", "evidence": "[EvidenceInput!]"}
	ofOld = map[string]string{"id": "ID!", "expectedRevision": "Int", "evidence": "[EvidenceInput!]"}
)

// TestEveryKindHasItsChanges requires put and patch for every type of entity, and
// record and amend for every predicate, each with an input of its name.
func TestEveryKindHasItsChanges(t *testing.T) {
	want := []string{"recordEvent", "addEvidence", "confirmEvidence", "withdrawEvidence", "setRank", "close"}
	for _, kind := range diplomacy.EntityKinds {
		want = append(want, "put"+kind.String(), "patch"+kind.String())
	}
	for _, rule := range diplomacy.Vocabulary {
		want = append(want, "record"+rule.Type, "amend"+rule.Type)
	}
	var got []string
	for _, field := range loadSchema(t).Types["ChangeInput"].Fields {
		got = append(got, field.Name)
		if input := strings.ToUpper(field.Name[:1]) + field.Name[1:] + "Input"; field.Type.String() != input {
			t.Errorf("ChangeInput.%s is a %s; want %s", field.Name, field.Type, input)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("changes (-vocabulary +schema):\n%s", diff)
	}
}

// TestEntityInputsHaveAllStoredFields requires in put and patch every stored field of a
// kind, with the type that it is read with; put requires the mandatory fields.
func TestEntityInputsHaveAllStoredFields(t *testing.T) {
	schema := loadSchema(t)
	for _, kind := range diplomacy.EntityKinds {
		own := entityInputs(schema, kind)
		put := merged(ofNew, map[string]string{"id": "ID", "expectedRevision": "Int"}, own)
		for _, name := range requiredOf(kind) {
			put[name] += "!"
		}
		expectInput(t, schema, "Put"+kind.String()+"Input", put)
		expectInput(t, schema, "Patch"+kind.String()+"Input", merged(ofOld, own))
		if kind == diplomacy.KindEvent {
			expectInput(t, schema, "RecordEventInput", merged(put, eventLists))
		}
	}
}

// eventLists are what an event is recorded with beside its own fields.
var eventLists = map[string]string{
	"participants": "[EventParticipantInput!]", "onMarginsOf": "[EventLinkInput!]", "sessionOf": "[EventLinkInput!]",
	"partOf": "[EventLinkInput!]", "followsUp": "[EventLinkInput!]", "places": "[EventLinkInput!]",
	"topics": "[EventLinkInput!]", "discussed": "[EventLinkInput!]", "results": "[EventLinkInput!]",
}

// TestStatementInputsFollowTheVocabulary requires in record the two ends and the
// predicate's own fields, in amend only the latter.
func TestStatementInputsFollowTheVocabulary(t *testing.T) {
	schema := loadSchema(t)
	for _, rule := range diplomacy.Vocabulary {
		ends := map[string]string{}
		for _, name := range endNames(schema, rule) {
			ends[name] = "ID!"
		}
		carried := carriedInputs(schema, rule)
		expectInput(t, schema, "Record"+rule.Type+"Input", merged(ofNew, ends, carried))
		expectInput(t, schema, "Amend"+rule.Type+"Input", merged(ofOld, carried))
		if rule.Predicate == diplomacy.ParticipatedIn {
			delete(ends, "event")
			expectInput(t, schema, "EventParticipantInput", merged(ofNew, ends, carried))
		}
	}
}

func TestEvidenceInputsHaveAllStoredFields(t *testing.T) {
	schema := loadSchema(t)
	own := map[string]string{
		"source": "ID!", "part": "EvidencePart", "stance": "Stance", "locator": "LocatorInput", "quote": "QuoteInput",
		"asserted": "String", "attributedTo": "ID", "method": "EvidenceMethod", "retrieved": "EDTF",
	}
	for _, name := range fieldsOf(reflect.TypeFor[diplomacy.Evidence]()) {
		if own[name] == "" {
			t.Errorf("this test does not know of Evidence.%s", name)
		}
	}
	expectInput(t, schema, "EvidenceInput", own)
	expectInput(t, schema, "AddEvidenceInput", merged(own, map[string]string{"ref": "String", "about": "ID!"}))
	for input, of := range map[string]reflect.Type{
		"NameInput": reflect.TypeFor[diplomacy.Name](), "LocatorInput": reflect.TypeFor[diplomacy.Locator](), "QuoteInput": reflect.TypeFor[diplomacy.Quote](),
	} {
		var got []string
		for _, field := range schema.Types[input].Fields {
			got = append(got, field.Name)
		}
		if diff := cmp.Diff(fieldsOf(of), got); diff != "" {
			t.Errorf("%s (-record +schema):\n%s", input, diff)
		}
	}
}

// entityInputs are the values of records of a kind, with the types of the input.
func entityInputs(schema *ast.Schema, kind diplomacy.Kind) map[string]string {
	inputs := map[string]string{"name": "String"}
	for _, name := range fieldsOf(reflect.TypeOf(diplomacy.NewEntity(kind)).Elem()) {
		switch name {
		case "id":
		case "slug":
			inputs[name] = "String"
		case "names":
			inputs[name] = "[NameInput!]"
		case "identifiers":
			inputs[name] = "[String!]"
		case "restricted":
			inputs[name] = "Boolean"
		default:
			inputs[name] = schema.Types[kind.String()].Fields.ForName(name).Type.Name()
		}
	}
	return inputs
}

// requiredOf are the values that an empty record lacks; slug and names may be
// given otherwise.
func requiredOf(kind diplomacy.Kind) (names []string) {
	var problems diplomacy.Problems
	errors.As(diplomacy.NewEntity(kind).Validate(), &problems)
	for _, p := range problems {
		if p.Field != "slug" && p.Field != "names" {
			names = append(names, p.Field)
		}
	}
	if kind == diplomacy.KindObservation {
		names = append(names, "amount") // zero is an amount
	}
	return names
}

// carriedInputs are what statements of a predicate carry beside their ends.
func carriedInputs(schema *ast.Schema, rule diplomacy.Rule) map[string]string {
	inputs := map[string]string{"valid": "EDTF", "rank": "Rank", "restricted": "Boolean"}
	if rule.Role != "" {
		inputs[rule.Role] = schema.Types[rule.Type].Fields.ForName(rule.Role).Type.Name()
	}
	for field, input := range map[diplomacy.Fields][2]string{
		diplomacy.FieldStartMode: {"startMode", "StartMode"}, diplomacy.FieldEndCause: {"endCause", "EndCause"},
		diplomacy.FieldOnBehalfOf: {"onBehalfOf", "ID"}, diplomacy.FieldInCapacityOf: {"capacity", "ID"},
		diplomacy.FieldDelegationHead: {"delegationHead", "Boolean"},
	} {
		if rule.Fields&field != 0 {
			inputs[input[0]] = input[1]
		}
	}
	return inputs
}

// endNames are the ends as the type of the statement names them: the fields that
// repeat the types of subject and object, or these.
func endNames(schema *ast.Schema, rule diplomacy.Rule) []string {
	fields := schema.Types[rule.Type].Fields
	other := func(end string) string {
		for _, f := range fields {
			if f.Name != end && f.Name != "subject" && f.Name != "object" && f.Type.String() == fields.ForName(end).Type.String() {
				return f.Name
			}
		}
		return end
	}
	return []string{other("subject"), other("object")}
}

// fieldsOf are the fields of a type in files.
func fieldsOf(t reflect.Type) (names []string) {
	for _, f := range reflect.VisibleFields(t) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" && name != "-" && !f.Anonymous && name != "id" {
			names = append(names, name)
		}
	}
	return names
}

func merged(all ...map[string]string) map[string]string {
	sum := map[string]string{}
	for _, m := range all {
		maps.Copy(sum, m)
	}
	return sum
}

func expectInput(t *testing.T, schema *ast.Schema, name string, want map[string]string) {
	t.Helper()
	def := schema.Types[name]
	if def == nil || def.Kind != ast.InputObject {
		t.Errorf("the schema has no input %s", name)
		return
	}
	got := map[string]string{}
	for _, field := range def.Fields {
		got[field.Name] = field.Type.String()
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-records +schema):\n%s", name, diff)
	}
}
