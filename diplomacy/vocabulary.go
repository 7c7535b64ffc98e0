package diplomacy

import "strings"

// Predicates. Their numbers are part of ids: only ever added to.
const (
	HoldsOffice Kind = 64 + iota
	OfficeOf
	SeatOn
	PartOf
	BodyOf
	MemberOf
	AccreditedTo
	HasRelationsWith
	Succeeds
	ParticipatedIn
	SubeventOf
	OnMarginsOf
	FollowsUp
	SessionOf
	TookPlaceAt
	Discussed
	ResultedIn
	PartyTo
	Signed
	ReportedBy
	Partner
	IssuedBy
	ContainedIn
	// New predicates go here, after all others.
)

// DatedBy says which time orders the links of a predicate.
type DatedBy uint8

// A statement is ordered by its own valid time; with BySubject or ByObject, by the
// date of that entity while it has none of its own.
const (
	ByValid DatedBy = iota
	BySubject
	ByObject
)

// Rule is a row of the vocabulary: which kinds of entity a predicate links, and
// which fields its statements carry.
type Rule struct {
	Predicate Kind
	// Name is the term in files and in GraphQL's Predicate enum; Inverse reads
	// the statement from its object.
	Name, Inverse string
	// Type is the statement's type in GraphQL; its ids take their prefix from it.
	Type      string
	Subjects  []Kind
	Objects   []Kind
	SameKind  bool // both ends are of one kind
	Symmetric bool // A p B is B p A
	Role      string
	Roles     Terms  // the list of Role; the first is the default
	Fields    Fields // the optional fields that its statements may carry
	DatedBy   DatedBy
	// Lasting is true of states, which hold for some time, and false of
	// happenings. The filter validAt asks whether a state held at a time, but
	// whether a happening had begun by then.
	Lasting bool
	// Standing is true of lasting predicates of structure, which sources rarely date: a
	// statement without a date is taken to hold at any time that validAt asks about.
	Standing bool
	// Meaning describes the predicate, as a clause without a full stop.
	Meaning string
	// Standard names the standard that the predicate is taken from, and its term
	// there; empty for a predicate of this project.
	Standard string
}

// Fields is a set of the fields that only some predicates carry.
type Fields uint8

// The fields, named as in files.
const (
	FieldStartMode Fields = 1 << iota
	FieldEndCause
	FieldOnBehalfOf
	FieldInCapacityOf
	FieldDelegationHead
)

// Vocabulary is the one table of predicates. Validation, importers, the tests
// of the public schema and the documentation read it.
var Vocabulary = []Rule{
	{Predicate: HoldsOffice, Name: "HOLDS_OFFICE", Inverse: "HELD_BY", Type: "Tenure", Subjects: only(KindPerson), Objects: only(KindOffice), Role: "capacity", Roles: Capacities, Fields: FieldStartMode | FieldEndCause, Lasting: true, Meaning: "a person holds an office", Standard: "W3C ORG holds"},
	{Predicate: OfficeOf, Name: "OFFICE_OF", Inverse: "HAS_OFFICE", Type: "OfficeOf", Subjects: only(KindOffice), Objects: kindsOf(KindState, KindOrganization, KindCouncil), Lasting: true, Standing: true, Meaning: "an office belongs to a state or body", Standard: "W3C ORG postIn"},
	{Predicate: SeatOn, Name: "SEAT_ON", Inverse: "HAS_SEAT", Type: "Seat", Subjects: only(KindOffice), Objects: only(KindCouncil), Lasting: true, Standing: true, Meaning: "the holder of an office has a seat on a council"},
	{Predicate: PartOf, Name: "PART_OF", Inverse: "HAS_PART", Type: "PartOf", Subjects: kindsOf(KindOrganization, KindCouncil), Objects: only(KindOrganization), Lasting: true, Standing: true, Meaning: "a body is part of an organization", Standard: "W3C ORG unitOf, subOrganizationOf"},
	{Predicate: BodyOf, Name: "BODY_OF", Inverse: "HAS_BODY", Type: "BodyOf", Subjects: only(KindOrganization), Objects: only(KindState), Lasting: true, Standing: true, Meaning: "an organization is a body of a state, such as a ministry"},
	{Predicate: MemberOf, Name: "MEMBER_OF", Inverse: "HAS_MEMBER", Type: "Membership", Subjects: kindsOf(KindState, KindOrganization, KindPerson), Objects: only(KindOrganization), Role: "kind", Roles: MembershipKinds, Lasting: true, Meaning: "a state, organization or person is a member of an organization", Standard: "W3C ORG memberOf"},
	{Predicate: AccreditedTo, Name: "ACCREDITED_TO", Inverse: "RECEIVES", Type: "Accreditation", Subjects: kindsOf(KindPerson, KindOrganization), Objects: kindsOf(KindState, KindOrganization), Lasting: true, Meaning: "an envoy or mission is accredited to a state or organization", Standard: "Vienna Convention on Diplomatic Relations, art. 4"},
	{Predicate: HasRelationsWith, Name: "HAS_RELATIONS_WITH", Inverse: "HAS_RELATIONS_WITH", Type: "DiplomaticRelations", Subjects: only(KindState), Objects: only(KindState), SameKind: true, Symmetric: true, Role: "level", Roles: RelationLevels, Lasting: true, Meaning: "two states have diplomatic relations", Standard: "Vienna Convention on Diplomatic Relations, art. 2"},
	{Predicate: Succeeds, Name: "SUCCEEDS", Inverse: "SUCCEEDED_BY", Type: "Succession", Subjects: EntityKinds, Objects: EntityKinds, SameKind: true, Meaning: "an entity replaces an earlier one of its type", Standard: "Wikidata P1365 replaces"},
	{Predicate: ParticipatedIn, Name: "PARTICIPATED_IN", Inverse: "HAD_PARTICIPANT", Type: "Participation", Subjects: Actors, Objects: only(KindEvent), Role: "role", Roles: Roles, Fields: FieldOnBehalfOf | FieldInCapacityOf | FieldDelegationHead, DatedBy: ByObject, Meaning: "an actor took part in an event", Standard: "Wikidata P1344 participant in"},
	{Predicate: SubeventOf, Name: "SUBEVENT_OF", Inverse: "HAS_SUBEVENT", Type: "SubeventOf", Subjects: only(KindEvent), Objects: only(KindEvent), DatedBy: BySubject, Meaning: "an event was a part of another", Standard: "schema.org superEvent"},
	{Predicate: OnMarginsOf, Name: "ON_MARGINS_OF", Inverse: "HAS_ON_MARGINS", Type: "OnMarginsOf", Subjects: only(KindEvent), Objects: only(KindEvent), DatedBy: BySubject, Meaning: "an event took place on the sidelines of another"},
	{Predicate: FollowsUp, Name: "FOLLOWS_UP", Inverse: "FOLLOWED_UP_BY", Type: "FollowUp", Subjects: only(KindEvent), Objects: only(KindEvent), DatedBy: BySubject, Meaning: "an event continued what an earlier one began"},
	{Predicate: SessionOf, Name: "SESSION_OF", Inverse: "HAS_SESSION", Type: "SessionOf", Subjects: only(KindEvent), Objects: kindsOf(KindCouncil, KindOrganization), DatedBy: BySubject, Meaning: "an event was a session of a council or organization"},
	{Predicate: TookPlaceAt, Name: "TOOK_PLACE_AT", Inverse: "WAS_PLACE_OF", Type: "TookPlaceAt", Subjects: only(KindEvent), Objects: kindsOf(KindPlace, KindState), DatedBy: BySubject, Meaning: "an event took place at a place or in a state", Standard: "schema.org location"},
	{Predicate: Discussed, Name: "DISCUSSED", Inverse: "DISCUSSED_AT", Type: "Discussion", Subjects: only(KindEvent), Objects: EntityKinds, DatedBy: BySubject, Meaning: "a topic or another entity was discussed at an event", Standard: "schema.org about"},
	{Predicate: ResultedIn, Name: "RESULTED_IN", Inverse: "RESULT_OF", Type: "Result", Subjects: only(KindEvent), Objects: kindsOf(KindAgreement, KindEvent), DatedBy: BySubject, Meaning: "an event resulted in an agreement or another event"},
	{Predicate: PartyTo, Name: "PARTY_TO", Inverse: "HAS_PARTY", Type: "Party", Subjects: Actors, Objects: only(KindAgreement), Role: "action", Roles: PartyActions, DatedBy: ByObject, Meaning: "an actor is a party to an agreement", Standard: "Vienna Convention on the Law of Treaties, art. 2"},
	{Predicate: Signed, Name: "SIGNED", Inverse: "SIGNED_BY", Type: "Signature", Subjects: only(KindPerson), Objects: only(KindAgreement), Fields: FieldOnBehalfOf | FieldInCapacityOf, DatedBy: ByObject, Meaning: "a person signed an agreement", Standard: "Wikidata P1891 signatory"},
	{Predicate: ReportedBy, Name: "REPORTED_BY", Inverse: "REPORTED", Type: "ReportedBy", Subjects: only(KindObservation), Objects: kindsOf(KindState, KindOrganization), DatedBy: BySubject, Meaning: "a figure was reported by a state or organization", Standard: "SDMX REF_AREA"},
	{Predicate: Partner, Name: "PARTNER", Inverse: "PARTNER_IN", Type: "Partner", Subjects: only(KindObservation), Objects: kindsOf(KindState, KindOrganization), DatedBy: BySubject, Meaning: "a figure is about a partner of its reporter", Standard: "SDMX COUNTERPART_AREA"},
	{Predicate: IssuedBy, Name: "ISSUED_BY", Inverse: "ISSUED", Type: "Publication", Subjects: only(KindSource), Objects: Actors, DatedBy: BySubject, Meaning: "a source was issued by an actor", Standard: "PROV-O wasAttributedTo"},
	{Predicate: ContainedIn, Name: "CONTAINED_IN", Inverse: "CONTAINS", Type: "ContainedIn", Subjects: only(KindPlace), Objects: kindsOf(KindPlace, KindState), Lasting: true, Standing: true, Meaning: "a place lies in another or in a state", Standard: "schema.org containedInPlace"},
}

// DatesFrom reports whether links of the predicate that are seen in a direction have the
// date of the entity from which they are seen.
func (r *Rule) DatesFrom(d Direction) bool {
	switch r.DatedBy {
	case BySubject:
		return d == Out
	case ByObject:
		return d == In || d == ForWhom
	}
	return false
}

var (
	rules           [256]*Rule
	predicateByName = map[string]Kind{}
)

func only(k Kind) []Kind        { return []Kind{k} }
func kindsOf(ks ...Kind) []Kind { return ks }

// RuleOf returns the row of a predicate; nil for other kinds.
func RuleOf(predicate Kind) *Rule { return rules[predicate] }

// RoleTerms returns the controlled list for the role of a kind of link: the
// predicate's Roles for a statement, Parts for evidence, Verdicts for a judgement.
func RoleTerms(kind Kind) Terms {
	switch rule := rules[kind]; {
	case rule != nil:
		return rule.Roles
	case kind == KindEvidence:
		return Parts
	case kind == KindJudgement:
		return Verdicts
	}
	return nil
}

// ParsePredicate returns the predicate with a name, as in files and in GraphQL.
func ParsePredicate(name string) (Kind, bool) {
	p, ok := predicateByName[name]
	return p, ok
}

// prefix returns the type's name in snake case.
func (r *Rule) prefix() string {
	var b strings.Builder
	for i, c := range r.Type {
		if i > 0 && c >= 'A' && c <= 'Z' {
			b.WriteByte('_')
		}
		b.WriteRune(c)
	}
	return strings.ToLower(b.String())
}
