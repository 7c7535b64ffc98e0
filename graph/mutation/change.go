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

// step is a change with what it takes to tell of it in the asker's words.
type step struct {
	curation.Change
	ref   string            // the label that the asker gave; empty where it is ours
	named map[string]string // fields that the input names otherwise
}

// reference is how other changes of the commit name the record.
func (s *step) reference() string {
	if s.Target != "" {
		return string(s.Target)
	}
	return s.Label
}

// reading is what was read of a commit's input so far.
type reading struct {
	steps    []*step
	problems []curation.Problem
}

// form reads one member of ChangeInput into steps.
type form func(r *reading, path []string, in map[string]any)

// forms are the members of ChangeInput.
var forms = map[string]form{
	"recordEvent":      (*reading).event,
	"addEvidence":      (*reading).added,
	"confirmEvidence":  targeted(curation.Confirm, diplomacy.KindEvidence),
	"withdrawEvidence": targeted(curation.Close, diplomacy.KindEvidence),
	"setRank":          targeted(curation.Patch, diplomacy.KindNone),
	"close":            targeted(curation.Close, diplomacy.KindNone),
}

func init() {
	for _, kind := range diplomacy.EntityKinds {
		forms["put"+kind.String()] = sourced(curation.Put, kind)
		forms["patch"+kind.String()] = sourced(curation.Patch, kind)
	}
	for _, rule := range diplomacy.Vocabulary {
		forms["record"+rule.Type] = sourced(curation.Put, rule.Predicate)
		forms["amend"+rule.Type] = sourced(curation.Patch, rule.Predicate)
	}
}

// sourced reads a record with the evidence about it.
func sourced(action curation.Action, kind diplomacy.Kind) form {
	return func(r *reading, path []string, in map[string]any) {
		s := r.begin(action, kind, path, in, fieldNames[kind])
		r.evidence(s, below(path, "evidence"), in["evidence"])
	}
}

// targeted reads a change of a record that is there. Of a kind that is not known
// from the change, it is that of the target.
func targeted(action curation.Action, kind diplomacy.Kind) form {
	return func(r *reading, path []string, in map[string]any) {
		s := r.begin(action, kind, path, in, nil)
		if kind == diplomacy.KindNone {
			s.Kind = kindOf(s.Target)
		}
	}
}

// changes reads the list of a commit.
func (r *reading) changes(list any) {
	for i, element := range model.Elements(list) {
		r.change([]string{"input", "changes", strconv.Itoa(i)}, element)
	}
}

// change reads one ChangeInput. Of more than one that are given each is read, so
// that all that is wrong is told.
func (r *reading) change(path []string, element any) {
	given, _ := element.(map[string]any)
	var set []string
	for name, in := range given {
		if _, ok := in.(map[string]any); ok {
			set = append(set, name)
		}
	}
	if len(given) != 1 || len(set) != 1 {
		r.refuse(path, "holds %s; give exactly one change, and not null", listed(given))
	}
	slices.Sort(set)
	for _, name := range set {
		if form, ok := forms[name]; ok {
			form(r, below(path, name), given[name].(map[string]any))
		}
	}
}

// listed tells what was given.
func listed(given map[string]any) string {
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
