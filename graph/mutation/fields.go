package mutation

import (
	"fmt"
	"strings"

	"chancery/curation"
	"chancery/diplomacy"
	"chancery/graph/model"
)

// fieldNames are the fields of inputs that files name otherwise: the ends of
// statements where their types have names for them, and the office in whose
// capacity something was done.
var fieldNames = map[diplomacy.Kind]map[string]string{
	diplomacy.HoldsOffice:    {"person": "subject", "office": "object"},
	diplomacy.MemberOf:       {"member": "subject", "organization": "object"},
	diplomacy.ParticipatedIn: {"participant": "subject", "event": "object", "capacity": "inCapacityOf"},
	diplomacy.Signed:         {"capacity": "inCapacityOf"},
}

// apart are the fields of inputs that are no values of the record.
var apart = map[string]bool{"id": true, "ref": true, "expectedRevision": true, "evidence": true}

// references are the values that name records.
var references = map[string]bool{
	"subject": true, "object": true, "onBehalfOf": true, "inCapacityOf": true,
	"about": true, "source": true, "attributedTo": true,
}

// lists are the values that are lists; a single element may stand for one.
var lists = map[string]bool{"names": true, "identifiers": true}

// instead is what may be given instead. Typed clients say null of whatever is not given;
// beside the other, that takes nothing away.
var instead = map[string]string{"name": "names", "names": "name"}

// begin reads what changes of all sorts have, and the values of the record.
func (r *reading) begin(action curation.Action, kind diplomacy.Kind, path []string, in map[string]any, names map[string]string) *step {
	s := &step{named: map[string]string{"target": "id", "label": "ref", "expected": "expectedRevision"}}
	s.Path, s.Action, s.Kind, s.Fields = path, action, kind, curation.Fields{}
	s.Target = target(in["id"])
	s.Expected = r.revision(below(path, "expectedRevision"), in["expectedRevision"])
	s.ref = text(in["ref"])
	if s.Label = s.ref; s.Label == "" && s.Target == "" {
		s.Label = labelOf(path)
	}
	for name, value := range in {
		left := value == nil && in[instead[name]] != nil
		if !apart[name] && !linkLists[name] && !left {
			s.value(name, value, names)
		}
	}
	r.steps = append(r.steps, s)
	return s
}

// value reads one field of a record.
func (s *step) value(name string, value any, names map[string]string) {
	field := name
	if other, ok := names[name]; ok {
		field = other
		s.named[field] = name
	}
	switch {
	case value == nil:
		s.Fields[field] = nil
	case references[field]:
		s.Fields[field] = text(value)
	case lists[field]:
		s.Fields[field] = plain(model.Elements(value))
	default:
		s.Fields[field] = plain(value)
	}
}

// evidence reads evidence about a record of the commit.
func (r *reading) evidence(about *step, path []string, list any) {
	for i, element := range model.Elements(list) {
		in, _ := element.(map[string]any)
		s := r.begin(curation.Put, diplomacy.KindEvidence, below(path, fmt.Sprint(i)), in, nil)
		s.Label = "" // nothing can refer to it
		s.Fields["about"] = about.reference()
	}
}

// added reads an AddEvidenceInput.
func (r *reading) added(path []string, in map[string]any) {
	r.begin(curation.Put, diplomacy.KindEvidence, path, in, nil)
}

// labelOf is a label of our own for a record to which its evidence refers: its
// place in the input.
func labelOf(path []string) string { return "_:" + strings.Join(path[2:], ".") }

// kindOf is the kind of a record as far as its reference tells.
func kindOf(ref curation.Ref) diplomacy.Kind {
	if id, err := diplomacy.ParseID(string(ref)); err == nil {
		return id.Kind()
	}
	name, _, _ := strings.Cut(string(ref), "/")
	kind, _ := diplomacy.ParseKind(name)
	return kind
}
