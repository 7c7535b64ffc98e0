package mutation

import (
	"fmt"

	"chancery/curation"
	"chancery/diplomacy"
	"chancery/graph/model"
)

// links are the lists of a RecordEventInput, with the predicates of their statements.
var links = []struct {
	list      string
	predicate diplomacy.Kind
}{
	{"participants", diplomacy.ParticipatedIn},
	{"onMarginsOf", diplomacy.OnMarginsOf},
	{"sessionOf", diplomacy.SessionOf},
	{"partOf", diplomacy.SubeventOf},
	{"followsUp", diplomacy.FollowsUp},
	{"places", diplomacy.TookPlaceAt},
	{"topics", diplomacy.Discussed},
	{"discussed", diplomacy.Discussed},
	{"results", diplomacy.ResultedIn},
}

var linkLists = map[string]bool{}

func init() {
	for _, l := range links {
		linkLists[l.list] = true
	}
}

// toNames are fields of an EventLinkInput with the names that files have for them.
var toNames = map[string]string{"to": "object"}

// event decodes a RecordEventInput: the event, its evidence and its links.
func (r *decoder) event(path []string, in map[string]any) {
	event := r.newStep(curation.Put, diplomacy.KindEvent, path, in, nil)
	r.evidence(event, subpath(path, "evidence"), in["evidence"])
	for _, l := range links {
		for i, element := range model.Elements(in[l.list]) {
			link, _ := element.(map[string]any)
			s := r.link(event, l.predicate, subpath(path, l.list, fmt.Sprint(i)), link)
			if own := model.Elements(link["evidence"]); len(own) > 0 {
				r.evidence(s, subpath(s.Path, "evidence"), own)
			} else {
				r.evidence(s, subpath(path, "evidence"), in["evidence"])
			}
		}
	}
}

// link decodes a statement that links the event.
func (r *decoder) link(event *step, predicate diplomacy.Kind, path []string, in map[string]any) *step {
	names, end := toNames, "subject"
	if predicate == diplomacy.ParticipatedIn {
		names, end = fieldNames[predicate], "object"
	}
	s := r.newStep(curation.Put, predicate, path, in, names)
	s.Fields[end] = event.reference()
	return s
}
