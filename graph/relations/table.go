package relations

import (
	"strings"

	"chancery/diplomacy"
	"chancery/store"
)

// participations leads from an actor to events: those in which it took part and
// those in which somebody acted on its behalf.
var participations = Along(diplomacy.ParticipatedIn, store.Out, store.Behalf)

var (
	// meetings are the events among participations at which people met or talked, and
	// which took place.
	meetings = participations.WithTerms(meetingKinds...).OfThoseHeld()

	meetingKinds    = []diplomacy.Term{"MEETING", "CONVERSATION", "NEGOTIATION", "CONSULTATIONS", "SUMMIT", "VISIT"}
	ministerOffices = []diplomacy.Term{"FOREIGN_MINISTER", "MINISTER"}
)

const meetingsDescription = "The meetings, conversations, negotiations, consultations, summits and visits among `events` that took place: those with the status HELD and those whose status is not stated. A filter by `status` replaces that. Sessions, conferences, signings and other kinds are in `events` only."

// ministers leads from offices to those who hold them, from the offices of a state and
// from those of its ministries and other bodies.
func ministers() *Relation {
	offices, holders := In(diplomacy.OfficeOf), In(diplomacy.HoldsOffice)
	return LinksAlong(Path{offices, holders}, Path{In(diplomacy.BodyOf), offices, holders}).WithPortfolio(ministerOffices).AsStatements()
}

// Rows has a row for every field of the schema that leads to other records along
// links: its name as "Type.field", the relation, and the description in the schema.
// The fields and their resolvers are generated from it, in this order. A row of
// Thing holds for entities of every type.
var Rows = []*Relation{
	row("Person.offices", Links(Out(diplomacy.HoldsOffice)), "Offices that the person holds or held."),
	row("Person.participations", Links(participations), "Events in which the person took part, or in which others acted on the person's behalf: one edge per statement."),
	row("Person.events", DistinctNodes(participations), "The events of `participations`, each listed once."),
	row("Person.meetings", DistinctNodes(meetings), meetingsDescription),
	row("Person.memberships", Links(Out(diplomacy.MemberOf)), "Organizations of which the person is or was a member."),
	row("Person.accreditations", Links(Out(diplomacy.AccreditedTo)), "States and organizations to which the person is or was accredited."),
	row("Person.signatures", Links(Out(diplomacy.Signed)), "Agreements that the person signed."),
	row("Person.agreements", Links(Out(diplomacy.PartyTo)), "Agreements to which the person is a party."),
	row("Person.publications", Links(In(diplomacy.IssuedBy)), "Sources that the person issued."),

	row("State.ministers", ministers(), "Tenures, past and present, of ministerial offices of the state and of its ministries and other bodies, including that of foreign minister. `Query.ministers` is the same list."),
	row("State.offices", Links(In(diplomacy.OfficeOf)), "Offices of the state."),
	row("State.bodies", Links(In(diplomacy.BodyOf)), "Bodies of the state, such as ministries."),
	row("State.organizations", UniqueNodes(Path{Out(diplomacy.MemberOf)}), "Organizations of which the state is or was a member, each listed once."),
	row("State.memberships", Links(Out(diplomacy.MemberOf)), "Memberships of the state: one edge per statement, such as full member, observer or suspended."),
	row("State.relations", Links(Out(diplomacy.HasRelationsWith)), "States with which the state has or had diplomatic relations."),
	row("State.participations", Links(participations), "Events in which the state took part, or in which others acted on its behalf: one edge per statement."),
	row("State.events", DistinctNodes(participations), "The events of `participations`, each listed once."),
	row("State.meetings", DistinctNodes(meetings), meetingsDescription),
	row("State.visits", DistinctNodes(participations.WithTerms("VISIT").OfThoseHeld()), "The visits among `events`, made and received, that took place: those with the status HELD and those whose status is not stated. A filter by `status` replaces that."),
	row("State.eventsHere", Links(In(diplomacy.TookPlaceAt)), "Events that took place in the state."),
	row("State.agreements", Links(Out(diplomacy.PartyTo)), "Agreements to which the state is a party."),
	row("State.observations", Links(In(diplomacy.ReportedBy)), "Figures reported by the state."),
	row("State.observationsAbout", Links(In(diplomacy.Partner)), "Figures reported by others with the state as partner."),
	row("State.envoys", Links(In(diplomacy.AccreditedTo)), "Persons and missions accredited to the state."),
	row("State.places", Links(In(diplomacy.ContainedIn).OfKind(diplomacy.KindPlace)), "Places in the state."),
	row("State.publications", Links(In(diplomacy.IssuedBy)), "Sources that the state issued."),

	row("Organization.members", Links(In(diplomacy.MemberOf)).OldestFirst(), "Members of the organization, past and present."),
	row("Organization.councils", Links(In(diplomacy.PartOf).OfKind(diplomacy.KindCouncil)), "Councils of the organization."),
	row("Organization.parts", Links(In(diplomacy.PartOf)), "Councils and organizations that are part of the organization."),
	row("Organization.partOf", Links(Out(diplomacy.PartOf)), "Organizations of which it is a part."),
	row("Organization.bodyOf", Links(Out(diplomacy.BodyOf)), "The state of which the organization is a body."),
	row("Organization.memberships", Links(Out(diplomacy.MemberOf)), "Organizations of which it is or was a member."),
	row("Organization.offices", Links(In(diplomacy.OfficeOf)), "Offices of the organization."),
	row("Organization.sessions", LinksAlong(
		Path{In(diplomacy.SessionOf)},
		Path{In(diplomacy.PartOf).OfKind(diplomacy.KindCouncil), In(diplomacy.SessionOf)}), "Sessions of the organization and of its councils."),
	row("Organization.participations", Links(participations), "Events in which the organization took part, or in which others acted on its behalf: one edge per statement."),
	row("Organization.events", DistinctNodes(participations), "The events of `participations`, each listed once."),
	row("Organization.meetings", DistinctNodes(meetings), meetingsDescription),
	row("Organization.accreditations", Links(Out(diplomacy.AccreditedTo)), "States and organizations to which the organization is accredited."),
	row("Organization.envoys", Links(In(diplomacy.AccreditedTo)), "Persons and missions accredited to the organization."),
	row("Organization.agreements", Links(Out(diplomacy.PartyTo)), "Agreements to which the organization is a party."),
	row("Organization.observations", Links(In(diplomacy.ReportedBy)), "Figures reported by the organization."),
	row("Organization.observationsAbout", Links(In(diplomacy.Partner)), "Figures reported by others with the organization as partner."),
	row("Organization.publications", Links(In(diplomacy.IssuedBy)), "Sources that the organization issued."),

	row("Council.organization", SingleNode(Out(diplomacy.PartOf)), "The organization of which the council is an organ; null if none is recorded for that time."),
	row("Council.partOf", Links(Out(diplomacy.PartOf)), "Organizations of which the council is or was an organ."),
	row("Council.sessions", Links(In(diplomacy.SessionOf)), "Sessions of the council."),
	row("Council.seats", Links(In(diplomacy.SeatOn)), "Offices whose holders have a seat on the council."),
	row("Council.offices", Links(In(diplomacy.OfficeOf)), "Offices of the council itself, such as its secretary."),
	row("Council.participations", Links(participations), "Events in which the council took part, or in which others acted on its behalf: one edge per statement."),
	row("Council.events", DistinctNodes(participations), "The events of `participations`, each listed once."),
	row("Council.meetings", DistinctNodes(meetings), meetingsDescription),
	row("Council.agreements", Links(Out(diplomacy.PartyTo)), "Agreements to which the council is a party."),
	row("Council.publications", Links(In(diplomacy.IssuedBy)), "Sources that the council issued."),

	row("Office.holders", Links(In(diplomacy.HoldsOffice)), "Holders of the office, past and present."),
	row("Office.of", Links(Out(diplomacy.OfficeOf)), "The state or body to which the office belongs."),
	row("Office.seats", Links(Out(diplomacy.SeatOn)), "Councils on which the holder of the office has a seat."),
	row("Office.events", DistinctNodes(Along(diplomacy.ParticipatedIn, store.Capacity)), "Events in which someone took part in the capacity of this office."),

	row("Event.participants", Links(In(diplomacy.ParticipatedIn)), "Participants: persons, states, organizations and councils."),
	row("Event.people", DistinctNodes(In(diplomacy.ParticipatedIn).OfKind(diplomacy.KindPerson)), "Persons who took part."),
	row("Event.states", DistinctNodes(Along(diplomacy.ParticipatedIn, store.In, store.ForWhom).OfKind(diplomacy.KindState)), "States that took part, directly or represented by others."),
	row("Event.organizations", UniqueNodes(
		Path{Along(diplomacy.ParticipatedIn, store.In, store.ForWhom).OfKind(diplomacy.KindOrganization).InvolvedAs("PARTICIPANT")},
		Path{In(diplomacy.ParticipatedIn).To("inCapacityOf"), Out(diplomacy.OfficeOf).OfKind(diplomacy.KindOrganization).InvolvedAs("CAPACITY")},
		Path{Out(diplomacy.SessionOf).OfKind(diplomacy.KindOrganization).InvolvedAs("SESSION")},
		Path{Out(diplomacy.SessionOf).OfKind(diplomacy.KindCouncil), Out(diplomacy.PartOf).InvolvedAs("SESSION")},
		Path{Out(diplomacy.OnMarginsOf), Out(diplomacy.SessionOf).OfKind(diplomacy.KindOrganization).InvolvedAs("MARGINS")},
		Path{Out(diplomacy.OnMarginsOf), Out(diplomacy.SessionOf).OfKind(diplomacy.KindCouncil), Out(diplomacy.PartOf).InvolvedAs("MARGINS")}).WithCost(5), "Organizations that took part or hosted; those to which the offices belong in whose capacity people took part, such as ministries; those whose session it was, and those of the council whose session it was or on whose margins it took place. Each is listed once: `involvement` on the edge says how it was involved, `via` has the statements that lead there."),
	row("Event.onMarginsOf", Links(Out(diplomacy.OnMarginsOf)), "Events on whose margins it took place."),
	row("Event.onMargins", Links(In(diplomacy.OnMarginsOf)), "Events that took place on its margins."),
	row("Event.sessionOf", Links(Out(diplomacy.SessionOf)), "The council or organization whose session it was."),
	row("Event.partOf", Links(Out(diplomacy.SubeventOf)), "Events of which it was a part."),
	row("Event.parts", Links(In(diplomacy.SubeventOf)), "Events that were a part of it."),
	row("Event.followsUp", Links(Out(diplomacy.FollowsUp)), "Earlier events that it continued."),
	row("Event.followedUpBy", Links(In(diplomacy.FollowsUp)), "Later events that continued it."),
	row("Event.places", Links(Out(diplomacy.TookPlaceAt)), "Places and states in which it took place."),
	row("Event.topics", Links(Out(diplomacy.Discussed).OfKind(diplomacy.KindTopic)), "Topics that were discussed."),
	row("Event.discussed", Links(Out(diplomacy.Discussed)), "Everything that was discussed: topics, agreements, persons and other entities."),
	row("Event.results", Links(Out(diplomacy.ResultedIn)), "Agreements and events that resulted from it."),
	row("Event.resultOf", Links(In(diplomacy.ResultedIn)), "Events from which it resulted."),

	row("Agreement.parties", Links(In(diplomacy.PartyTo)), "Parties to the agreement."),
	row("Agreement.signatories", Links(In(diplomacy.Signed)), "Persons who signed the agreement."),
	row("Agreement.resultOf", Links(In(diplomacy.ResultedIn)), "Events from which the agreement resulted."),

	row("Observation.reporters", Links(Out(diplomacy.ReportedBy)), "States and organizations that reported the figure."),
	row("Observation.partners", Links(Out(diplomacy.Partner)), "States and organizations about which the figure was reported."),

	row("Place.events", Links(In(diplomacy.TookPlaceAt)), "Events that took place there."),
	row("Place.within", Links(Out(diplomacy.ContainedIn)), "Places and states in which the place lies."),
	row("Place.places", Links(In(diplomacy.ContainedIn).OfKind(diplomacy.KindPlace)), "Places within this place."),

	row("Source.publishers", Links(Out(diplomacy.IssuedBy)), "Actors that issued the source."),
	row("Source.backs", Links(In(diplomacy.KindEvidence)), "Evidence that refers to the source."),

	row("Thing.predecessors", Links(Out(diplomacy.Succeeds)), "Entities that it replaced."),
	row("Thing.successors", Links(In(diplomacy.Succeeds)), "Entities that replaced it."),
	row("Thing.discussedAt", Links(In(diplomacy.Discussed)), "Events at which it was discussed."),
}

// Table has the relations by name; those of Thing under every type of entity.
var Table = map[string]*Relation{}

func init() {
	for _, relation := range Rows {
		field, everywhere := strings.CutPrefix(relation.Name, "Thing.")
		if !everywhere {
			Table[relation.Name] = relation
			continue
		}
		for _, kind := range diplomacy.EntityKinds {
			copied := *relation
			copied.Name = kind.String() + "." + field
			Table[copied.Name] = &copied
		}
	}
}
