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
)

// DatedBy says whose time orders the links of a predicate.
type DatedBy uint8

// A statement is dated by its own valid time, or by that of the entity at one
// of its ends while it has none of its own.
const (
	ByValid DatedBy = iota
	BySubject
	ByObject
)

// Rule is a row of the vocabulary: what a predicate links and carries.
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
	Roles     Terms  // the list of Role; the first is taken when none is given
	Fields    Fields // what else it may carry
	DatedBy   DatedBy
	// Lasting is true of what holds for a time, and is asked whether it held
	// then; false of what happens, and is asked whether it had begun.
	Lasting bool
	Meaning string
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
	{Predicate: HoldsOffice, Name: "HOLDS_OFFICE", Inverse: "HELD_BY", Type: "Tenure", Subjects: only(KindPerson), Objects: only(KindOffice), Role: "capacity", Roles: Capacities, Fields: FieldStartMode | FieldEndCause, Lasting: true, Meaning: "a person holds an office"},
	{Predicate: OfficeOf, Name: "OFFICE_OF", Inverse: "HAS_OFFICE", Type: "OfficeOf", Subjects: only(KindOffice), Objects: kindsOf(KindState, KindOrganization, KindCouncil), Lasting: true, Meaning: "an office belongs to a state or body"},
	{Predicate: SeatOn, Name: "SEAT_ON", Inverse: "HAS_SEAT", Type: "Seat", Subjects: only(KindOffice), Objects: only(KindCouncil), Lasting: true, Meaning: "whoever holds an office sits on a council"},
	{Predicate: PartOf, Name: "PART_OF", Inverse: "HAS_PART", Type: "PartOf", Subjects: kindsOf(KindOrganization, KindCouncil), Objects: only(KindOrganization), Lasting: true, Meaning: "a body is part of an organization"},
	{Predicate: BodyOf, Name: "BODY_OF", Inverse: "HAS_BODY", Type: "BodyOf", Subjects: only(KindOrganization), Objects: only(KindState), Lasting: true, Meaning: "an organization is a body of a state, as its ministry"},
	{Predicate: MemberOf, Name: "MEMBER_OF", Inverse: "HAS_MEMBER", Type: "Membership", Subjects: kindsOf(KindState, KindOrganization, KindPerson), Objects: only(KindOrganization), Role: "kind", Roles: MembershipKinds, Lasting: true, Meaning: "a state, organization or person belongs to an organization"},
	{Predicate: AccreditedTo, Name: "ACCREDITED_TO", Inverse: "RECEIVES", Type: "Accreditation", Subjects: kindsOf(KindPerson, KindOrganization), Objects: kindsOf(KindState, KindOrganization), Lasting: true, Meaning: "an envoy or mission is accredited to a state or organization"},
	{Predicate: HasRelationsWith, Name: "HAS_RELATIONS_WITH", Inverse: "HAS_RELATIONS_WITH", Type: "DiplomaticRelations", Subjects: only(KindState), Objects: only(KindState), SameKind: true, Symmetric: true, Role: "level", Roles: RelationLevels, Lasting: true, Meaning: "two states have diplomatic relations"},
	{Predicate: Succeeds, Name: "SUCCEEDS", Inverse: "SUCCEEDED_BY", Type: "Succession", Subjects: EntityKinds, Objects: EntityKinds, SameKind: true, Meaning: "a thing takes the place of an earlier one of its type"},
	{Predicate: ParticipatedIn, Name: "PARTICIPATED_IN", Inverse: "HAD_PARTICIPANT", Type: "Participation", Subjects: Actors, Objects: only(KindEvent), Role: "role", Roles: Roles, Fields: FieldOnBehalfOf | FieldInCapacityOf | FieldDelegationHead, DatedBy: ByObject, Meaning: "an actor took part in an event"},
	{Predicate: SubeventOf, Name: "SUBEVENT_OF", Inverse: "HAS_SUBEVENT", Type: "SubeventOf", Subjects: only(KindEvent), Objects: only(KindEvent), DatedBy: BySubject, Meaning: "an event was a part of another"},
	{Predicate: OnMarginsOf, Name: "ON_MARGINS_OF", Inverse: "HAS_ON_MARGINS", Type: "OnMarginsOf", Subjects: only(KindEvent), Objects: only(KindEvent), DatedBy: BySubject, Meaning: "an event took place on the sidelines of another"},
	{Predicate: FollowsUp, Name: "FOLLOWS_UP", Inverse: "FOLLOWED_UP_BY", Type: "FollowUp", Subjects: only(KindEvent), Objects: only(KindEvent), DatedBy: BySubject, Meaning: "an event continued what an earlier one began"},
	{Predicate: SessionOf, Name: "SESSION_OF", Inverse: "HAS_SESSION", Type: "SessionOf", Subjects: only(KindEvent), Objects: kindsOf(KindCouncil, KindOrganization), DatedBy: BySubject, Meaning: "an event was a session of a council or organization"},
	{Predicate: TookPlaceAt, Name: "TOOK_PLACE_AT", Inverse: "WAS_PLACE_OF", Type: "TookPlaceAt", Subjects: only(KindEvent), Objects: kindsOf(KindPlace, KindState), DatedBy: BySubject, Meaning: "an event took place at a place or in a state"},
	{Predicate: Discussed, Name: "DISCUSSED", Inverse: "DISCUSSED_AT", Type: "Discussion", Subjects: only(KindEvent), Objects: EntityKinds, DatedBy: BySubject, Meaning: "a topic or thing was discussed at an event"},
	{Predicate: ResultedIn, Name: "RESULTED_IN", Inverse: "RESULT_OF", Type: "Result", Subjects: only(KindEvent), Objects: kindsOf(KindAgreement, KindEvent), DatedBy: BySubject, Meaning: "an event brought about an agreement or another event"},
	{Predicate: PartyTo, Name: "PARTY_TO", Inverse: "HAS_PARTY", Type: "Party", Subjects: Actors, Objects: only(KindAgreement), Role: "action", Roles: PartyActions, DatedBy: ByObject, Meaning: "an actor is a party to an agreement"},
	{Predicate: Signed, Name: "SIGNED", Inverse: "SIGNED_BY", Type: "Signature", Subjects: only(KindPerson), Objects: only(KindAgreement), Fields: FieldOnBehalfOf | FieldInCapacityOf, DatedBy: ByObject, Meaning: "a person signed an agreement"},
	{Predicate: ReportedBy, Name: "REPORTED_BY", Inverse: "REPORTED", Type: "ReportedBy", Subjects: only(KindObservation), Objects: kindsOf(KindState, KindOrganization), DatedBy: BySubject, Meaning: "a figure was reported by a state or organization"},
	{Predicate: Partner, Name: "PARTNER", Inverse: "PARTNER_IN", Type: "Partner", Subjects: only(KindObservation), Objects: kindsOf(KindState, KindOrganization), DatedBy: BySubject, Meaning: "a figure is about a partner"},
	{Predicate: IssuedBy, Name: "ISSUED_BY", Inverse: "ISSUED", Type: "Publication", Subjects: only(KindSource), Objects: Actors, DatedBy: BySubject, Meaning: "a source was issued by an actor"},
	{Predicate: ContainedIn, Name: "CONTAINED_IN", Inverse: "CONTAINS", Type: "ContainedIn", Subjects: only(KindPlace), Objects: kindsOf(KindPlace, KindState), Lasting: true, Meaning: "a place lies in another or in a state"},
}

var (
	rules           [256]*Rule
	predicateByName = map[string]Kind{}
)

func only(k Kind) []Kind        { return []Kind{k} }
func kindsOf(ks ...Kind) []Kind { return ks }

// RuleOf is the row of a predicate; nil for a kind that is none.
func RuleOf(predicate Kind) *Rule { return rules[predicate] }

// RoleTerms is the list of the Role of a kind of link: of a predicate's
// statements its own; of evidence the part it backs; of a judgement its verdict.
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

// ParsePredicate finds a predicate by its name in files.
func ParsePredicate(name string) (Kind, bool) {
	p, ok := predicateByName[name]
	return p, ok
}

// prefix is the type's name with an underscore before each inner capital, in
// lower case.
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
