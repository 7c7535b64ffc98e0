package mutation

import (
	"fmt"
	"strings"

	"chancery/curation"
	"chancery/diplomacy"
	"chancery/graph/model"
)

// fieldNames are fields of inputs with the names that files have for them: subjects and
// objects of statements whose types name them, and offices in whose capacity a person
// acted.
var fieldNames = map[diplomacy.Kind]map[string]string{
	diplomacy.HoldsOffice:    {"person": "subject", "office": "object"},
	diplomacy.MemberOf:       {"member": "subject", "organization": "object"},
	diplomacy.ParticipatedIn: {"participant": "subject", "event": "object", "capacity": "inCapacityOf"},
	diplomacy.Signed:         {"capacity": "inCapacityOf"},
}

// notValues are the fields of inputs that are no values of the record.
var notValues = map[string]bool{"id": true, "ref": true, "expectedRevision": true, "evidence": true, "withLinks": true}

// lists are the values that are lists; GraphQL admits a single element instead.
var lists = map[string]bool{"names": true, "identifiers": true}

// alternatives are fields of which one is given instead of the other. Typed clients send
// null for the one that is not given; that does not remove the value.
var alternatives = map[string]string{"name": "names", "names": "name"}

// newStep decodes what all changes have, and the values of the record.
func (r *decoder) newStep(action curation.Action, kind diplomacy.Kind, path []string, in map[string]any, names map[string]string) *step {
	s := &step{inputNames: map[string]string{"target": "id", "label": "ref", "expected": "expectedRevision"}}
	s.Path, s.Action, s.Kind, s.Fields = path, action, kind, curation.Fields{}
	s.Target = target(in["id"])
	s.Expected = r.revision(subpath(path, "expectedRevision"), in["expectedRevision"])
	s.ref = text(in["ref"])
	if s.Label = s.ref; s.Label == "" && s.Target == "" {
		s.Label = defaultLabel(path)
	}
	for name, value := range in {
		replaced := value == nil && in[alternatives[name]] != nil
		if !notValues[name] && !linkLists[name] && !replaced {
			s.value(name, value, names)
		}
	}
	r.steps = append(r.steps, s)
	return s
}

// value decodes one field of a record.
func (s *step) value(name string, value any, names map[string]string) {
	field := name
	if other, ok := names[name]; ok {
		field = other
		s.inputNames[field] = name
	}
	switch {
	case value == nil:
		s.Fields[field] = nil
	case refers(s.Kind, field):
		s.Fields[field] = text(value)
	case lists[field]:
		s.Fields[field] = jsonValue(model.Elements(value))
	default:
		s.Fields[field] = jsonValue(value)
	}
}

// refers reports whether a field of records of a kind refers to another record.
func refers(kind diplomacy.Kind, field string) bool {
	for _, f := range diplomacy.ReferenceFields(kind) {
		if f.Name == field {
			return true
		}
	}
	return false
}

// evidence decodes evidence about a record of the commit.
func (r *decoder) evidence(about *step, path []string, list any) {
	for i, element := range model.Elements(list) {
		in, _ := element.(map[string]any)
		s := r.newStep(curation.Put, diplomacy.KindEvidence, subpath(path, fmt.Sprint(i)), in, nil)
		s.Label = "" // nothing refers to it
		s.Fields["about"] = about.reference()
	}
}

// addEvidence decodes an AddEvidenceInput.
func (r *decoder) addEvidence(path []string, in map[string]any) {
	r.newStep(curation.Put, diplomacy.KindEvidence, path, in, nil)
}

// defaultLabel returns the label of a record without one, by which its evidence refers to
// it: its path in the input.
func defaultLabel(path []string) string { return "_:" + strings.Join(path[2:], ".") }

// kindOf returns the kind that a reference implies; KindNone if it implies none.
func kindOf(ref curation.Ref) diplomacy.Kind {
	if id, err := diplomacy.ParseID(string(ref)); err == nil {
		return id.Kind()
	}
	name, _, _ := strings.Cut(string(ref), "/")
	kind, _ := diplomacy.ParseKind(name)
	return kind
}
