package model

import (
	"chancery/diplomacy"
	"chancery/store"
)

// tookPart is how an actor comes to events: itself, or through whoever acted on
// its behalf.
var tookPart = along(diplomacy.ParticipatedIn, store.Out, store.Behalf)

var (
	meetings = []diplomacy.Term{"MEETING", "CONVERSATION", "NEGOTIATION", "CONSULTATIONS", "SUMMIT", "VISIT"}
	ministry = []diplomacy.Term{"FOREIGN_MINISTER", "MINISTER"}
)

// Relations is the table of all relations: "Type.field" and the way it takes.
// Every field of the schema that answers with links has a row here, and the
// resolvers of those fields are generated from it.
var Relations = map[string]*Relation{
	"Person.offices":        hop(out(diplomacy.HoldsOffice)),
	"Person.participations": hop(tookPart),
	"Person.events":         each(tookPart),
	"Person.meetings":       each(tookPart.like(meetings...)),
	"Person.memberships":    hop(out(diplomacy.MemberOf)),
	"Person.accreditations": hop(out(diplomacy.AccreditedTo)),
	"Person.signatures":     hop(out(diplomacy.Signed)),
	"Person.agreements":     hop(out(diplomacy.PartyTo)),
	"Person.publications":   hop(in(diplomacy.IssuedBy)),

	"State.ministers":         paths(Path{in(diplomacy.OfficeOf).like(ministry...), in(diplomacy.HoldsOffice)}),
	"State.offices":           hop(in(diplomacy.OfficeOf)),
	"State.bodies":            hop(in(diplomacy.BodyOf)),
	"State.organizations":     once(Path{out(diplomacy.MemberOf)}),
	"State.memberships":       hop(out(diplomacy.MemberOf)),
	"State.relations":         hop(out(diplomacy.HasRelationsWith)),
	"State.participations":    hop(tookPart),
	"State.events":            each(tookPart),
	"State.meetings":          each(tookPart.like(meetings...)),
	"State.visits":            each(tookPart.like("VISIT")),
	"State.eventsHere":        hop(in(diplomacy.TookPlaceAt)),
	"State.agreements":        hop(out(diplomacy.PartyTo)),
	"State.observations":      hop(in(diplomacy.ReportedBy)),
	"State.observationsAbout": hop(in(diplomacy.Partner)),
	"State.envoys":            hop(in(diplomacy.AccreditedTo)),
	"State.places":            hop(in(diplomacy.ContainedIn).to(diplomacy.KindPlace)),
	"State.publications":      hop(in(diplomacy.IssuedBy)),

	"Organization.members":     hop(in(diplomacy.MemberOf)),
	"Organization.councils":    hop(in(diplomacy.PartOf).to(diplomacy.KindCouncil)),
	"Organization.parts":       hop(in(diplomacy.PartOf)),
	"Organization.partOf":      hop(out(diplomacy.PartOf)),
	"Organization.bodyOf":      hop(out(diplomacy.BodyOf)),
	"Organization.memberships": hop(out(diplomacy.MemberOf)),
	"Organization.offices":     hop(in(diplomacy.OfficeOf)),
	"Organization.sessions": paths(
		Path{in(diplomacy.SessionOf)},
		Path{in(diplomacy.PartOf).to(diplomacy.KindCouncil), in(diplomacy.SessionOf)}),
	"Organization.participations":    hop(tookPart),
	"Organization.events":            each(tookPart),
	"Organization.meetings":          each(tookPart.like(meetings...)),
	"Organization.accreditations":    hop(out(diplomacy.AccreditedTo)),
	"Organization.envoys":            hop(in(diplomacy.AccreditedTo)),
	"Organization.agreements":        hop(out(diplomacy.PartyTo)),
	"Organization.observations":      hop(in(diplomacy.ReportedBy)),
	"Organization.observationsAbout": hop(in(diplomacy.Partner)),
	"Organization.publications":      hop(in(diplomacy.IssuedBy)),

	"Council.organization":   hop(out(diplomacy.PartOf)),
	"Council.partOf":         hop(out(diplomacy.PartOf)),
	"Council.sessions":       hop(in(diplomacy.SessionOf)),
	"Council.seats":          hop(in(diplomacy.SeatOn)),
	"Council.offices":        hop(in(diplomacy.OfficeOf)),
	"Council.participations": hop(tookPart),
	"Council.events":         each(tookPart),
	"Council.meetings":       each(tookPart.like(meetings...)),
	"Council.agreements":     hop(out(diplomacy.PartyTo)),
	"Council.publications":   hop(in(diplomacy.IssuedBy)),

	"Office.holder":  hop(in(diplomacy.HoldsOffice)),
	"Office.holders": hop(in(diplomacy.HoldsOffice)),
	"Office.of":      hop(out(diplomacy.OfficeOf)),
	"Office.seats":   hop(out(diplomacy.SeatOn)),
	"Office.events":  each(along(diplomacy.ParticipatedIn, store.Capacity)),

	"Event.participants": hop(in(diplomacy.ParticipatedIn)),
	"Event.people":       each(in(diplomacy.ParticipatedIn).to(diplomacy.KindPerson)),
	"Event.states":       each(along(diplomacy.ParticipatedIn, store.In, store.ForWhom).to(diplomacy.KindState)),
	"Event.organizations": once(
		Path{along(diplomacy.ParticipatedIn, store.In, store.ForWhom).to(diplomacy.KindOrganization)},
		Path{out(diplomacy.SessionOf).to(diplomacy.KindOrganization)},
		Path{out(diplomacy.SessionOf).to(diplomacy.KindCouncil), out(diplomacy.PartOf)},
		Path{out(diplomacy.OnMarginsOf), out(diplomacy.SessionOf).to(diplomacy.KindOrganization)},
		Path{out(diplomacy.OnMarginsOf), out(diplomacy.SessionOf).to(diplomacy.KindCouncil), out(diplomacy.PartOf)}),
	"Event.onMarginsOf":  hop(out(diplomacy.OnMarginsOf)),
	"Event.onMargins":    hop(in(diplomacy.OnMarginsOf)),
	"Event.sessionOf":    hop(out(diplomacy.SessionOf)),
	"Event.partOf":       hop(out(diplomacy.SubeventOf)),
	"Event.parts":        hop(in(diplomacy.SubeventOf)),
	"Event.followsUp":    hop(out(diplomacy.FollowsUp)),
	"Event.followedUpBy": hop(in(diplomacy.FollowsUp)),
	"Event.places":       hop(out(diplomacy.TookPlaceAt)),
	"Event.topics":       hop(out(diplomacy.Discussed).to(diplomacy.KindTopic)),
	"Event.discussed":    hop(out(diplomacy.Discussed)),
	"Event.results":      hop(out(diplomacy.ResultedIn)),
	"Event.resultOf":     hop(in(diplomacy.ResultedIn)),

	"Agreement.parties":     hop(in(diplomacy.PartyTo)),
	"Agreement.signatories": hop(in(diplomacy.Signed)),
	"Agreement.resultOf":    hop(in(diplomacy.ResultedIn)),

	"Observation.reporters": hop(out(diplomacy.ReportedBy)),
	"Observation.partners":  hop(out(diplomacy.Partner)),

	"Place.events": hop(in(diplomacy.TookPlaceAt)),
	"Place.within": hop(out(diplomacy.ContainedIn)),
	"Place.places": hop(in(diplomacy.ContainedIn).to(diplomacy.KindPlace)),

	"Source.publishers": hop(out(diplomacy.IssuedBy)),
	"Source.backs":      hop(in(diplomacy.KindEvidence)),
}

// What every thing has, whatever its type.
func init() {
	for _, kind := range diplomacy.EntityKinds {
		Relations[kind.String()+".predecessors"] = hop(out(diplomacy.Succeeds))
		Relations[kind.String()+".successors"] = hop(in(diplomacy.Succeeds))
		Relations[kind.String()+".discussedAt"] = hop(in(diplomacy.Discussed))
	}
	for name, rel := range Relations {
		rel.name = name
	}
}

// Lists are the fields of Query that page over all entities of a kind.
var Lists = map[string]diplomacy.Kind{
	"people":        diplomacy.KindPerson,
	"states":        diplomacy.KindState,
	"organizations": diplomacy.KindOrganization,
	"councils":      diplomacy.KindCouncil,
	"offices":       diplomacy.KindOffice,
	"events":        diplomacy.KindEvent,
	"agreements":    diplomacy.KindAgreement,
	"observations":  diplomacy.KindObservation,
	"topics":        diplomacy.KindTopic,
	"places":        diplomacy.KindPlace,
	"sources":       diplomacy.KindSource,
}
