package relations

import "chancery/diplomacy"

// Entity is how the API offers entities of one kind: the look-up, the list and the
// inputs of each are generated from its row.
type Entity struct {
	Kind    diplomacy.Kind
	List    string // the field of Query that pages over all of them
	Plural  string // in descriptions
	Example string // of a slug
	Dated   bool   // lists begin with the newest by default, not with the first by name
	MaxAge  int    // seconds for which responses with them may be cached
}

// Entities has a row for every kind of entity, in the order of the schema.
var Entities = []Entity{
	{Kind: diplomacy.KindPerson, List: "people", Plural: "persons", Example: "elmar-mammadyarov"},
	{Kind: diplomacy.KindState, List: "states", Plural: "states", Example: "kyrgyzstan", MaxAge: 60},
	{Kind: diplomacy.KindOrganization, List: "organizations", Plural: "organizations", Example: "turkic-council"},
	{Kind: diplomacy.KindCouncil, List: "councils", Plural: "councils", Example: "turkic-council-of-foreign-ministers"},
	{Kind: diplomacy.KindOffice, List: "offices", Plural: "offices", Example: "foreign-minister-of-kyrgyzstan"},
	{Kind: diplomacy.KindEvent, List: "events", Plural: "events", Example: "call-azerbaijan-kyrgyzstan-2020-04-27", Dated: true},
	{Kind: diplomacy.KindAgreement, List: "agreements", Plural: "agreements", Example: "nakhchivan-agreement", Dated: true},
	{Kind: diplomacy.KindObservation, List: "observations", Plural: "observations", Example: "azerbaijan-kyrgyzstan-turnover-2018", Dated: true},
	{Kind: diplomacy.KindTopic, List: "topics", Plural: "topics", Example: "bilateral-relations", MaxAge: 60},
	{Kind: diplomacy.KindPlace, List: "places", Plural: "places", Example: "baku", MaxAge: 60},
	{Kind: diplomacy.KindSource, List: "sources", Plural: "sources", Example: "trend-2020-04-27-call", Dated: true},
}

// Lists has the kinds of entities by the field of Query that pages over them.
var Lists = map[string]diplomacy.Kind{}

func init() {
	for _, entity := range Entities {
		Lists[entity.List] = entity.Kind
	}
}
