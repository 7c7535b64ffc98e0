package mutation

import (
	"fmt"

	"chancery/curation"
	"chancery/diplomacy"
	"chancery/graph/model"
)

// links are the lists of a RecordEventInput: what statements they are of, and
// how the element names the end that is not the event.
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

// toNames are the fields of an EventLinkInput that files name otherwise.
var toNames = map[string]string{"to": "object"}

// event reads a RecordEventInput: the event, its evidence, and all it is linked
// to.
func (r *reading) event(path []string, in map[string]any) {
	event := r.begin(curation.Put, diplomacy.KindEvent, path, in, nil)
	r.evidence(event, below(path, "evidence"), in["evidence"])
	for _, l := range links {
		for i, element := range model.Elements(in[l.list]) {
			link, _ := element.(map[string]any)
			s := r.link(event, l.predicate, below(path, l.list, fmt.Sprint(i)), link)
			if own := model.Elements(link["evidence"]); len(own) > 0 {
				r.evidence(s, below(s.Path, "evidence"), own)
			} else {
				r.evidence(s, below(path, "evidence"), in["evidence"])
			}
		}
	}
}

// link reads a statement one of whose ends is the event.
func (r *reading) link(event *step, predicate diplomacy.Kind, path []string, in map[string]any) *step {
	names, end := toNames, "subject"
	if predicate == diplomacy.ParticipatedIn {
		names, end = fieldNames[predicate], "object"
	}
	s := r.begin(curation.Put, predicate, path, in, names)
	s.Fields[end] = event.reference()
	return s
}
