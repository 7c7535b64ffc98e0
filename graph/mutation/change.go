package mutation

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"chancery/curation"
	"chancery/diplomacy"
	"chancery/graph/model"
)

// step is a change, with the names that the input has for it.
type step struct {
	curation.Change
	ref        string            // the client's label; empty if it gave none
	inputNames map[string]string // names of fields in the input, where they differ
}

// reference returns how other changes of the commit refer to the record.
func (s *step) reference() string {
	if s.Target != "" {
		return string(s.Target)
	}
	return s.Label
}

// decoder collects the changes and the problems of a commit's input.
type decoder struct {
	steps    []*step
	problems []curation.Problem
}

// changeDecoder decodes one field of ChangeInput into steps.
type changeDecoder func(r *decoder, path []string, in map[string]any)

// changeDecoders are the decoders of the fields of ChangeInput.
var changeDecoders = map[string]changeDecoder{
	"recordEvent":      (*decoder).event,
	"addEvidence":      (*decoder).addEvidence,
	"confirmEvidence":  targeted(curation.Confirm, diplomacy.KindEvidence),
	"withdrawEvidence": targeted(curation.Close, diplomacy.KindEvidence),
	"setRank":          targeted(curation.Patch, diplomacy.KindNone),
	"close":            closing,
}

func init() {
	for _, kind := range diplomacy.EntityKinds {
		changeDecoders["put"+kind.String()] = sourced(curation.Put, kind)
		changeDecoders["patch"+kind.String()] = sourced(curation.Patch, kind)
	}
	for _, rule := range diplomacy.Vocabulary {
		changeDecoders["record"+rule.Type] = sourced(curation.Put, rule.Predicate)
		changeDecoders["amend"+rule.Type] = sourced(curation.Patch, rule.Predicate)
	}
}

// sourced returns the decoder of a record with the evidence about it.
func sourced(action curation.Action, kind diplomacy.Kind) changeDecoder {
	return func(r *decoder, path []string, in map[string]any) {
		s := r.newStep(action, kind, path, in, fieldNames[kind])
		r.evidence(s, subpath(path, "evidence"), in["evidence"])
	}
}

// targeted returns the decoder of a change to an existing record. If the change does not
// imply the record's kind, it is taken from the target.
func targeted(action curation.Action, kind diplomacy.Kind) changeDecoder {
	return func(r *decoder, path []string, in map[string]any) {
		s := r.newStep(action, kind, path, in, nil)
		if kind == diplomacy.KindNone {
			s.Kind = kindOf(s.Target)
		}
	}
}

// closing decodes a CloseInput.
func closing(r *decoder, path []string, in map[string]any) {
	targeted(curation.Close, diplomacy.KindNone)(r, path, in)
	r.steps[len(r.steps)-1].WithLinks = boolean(in["withLinks"])
}

// changes decodes the changes of a commit.
func (r *decoder) changes(list any) {
	for i, element := range model.Elements(list) {
		r.change([]string{"input", "changes", strconv.Itoa(i)}, element)
	}
}

// change decodes one ChangeInput. If it has several fields, each is decoded, so that all
// problems are reported.
func (r *decoder) change(path []string, element any) {
	given, _ := element.(map[string]any)
	var set []string
	for name, in := range given {
		if _, ok := in.(map[string]any); ok {
			set = append(set, name)
		}
	}
	if len(given) != 1 || len(set) != 1 {
		r.reject(path, "holds %s; give exactly one change, and not null", listNames(given))
	}
	slices.Sort(set)
	for _, name := range set {
		if decode, ok := changeDecoders[name]; ok {
			decode(r, subpath(path, name), given[name].(map[string]any))
		}
	}
}

// listNames lists the fields of an input.
func listNames(given map[string]any) string {
	var words []string
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if given[name] == nil {
			name += ": null"
		}
		words = append(words, name)
	}
	if len(words) == 0 {
		return "nothing"
	}
	return strings.Join(words, " and ")
}
