package diplomacy

import "slices"

// Term is one word of a controlled list, such as MEETING among the kinds of
// events. The empty Term means that the value is not set.
type Term string

// Terms is a controlled list. The position of a term is its code in stored
// indexes: lists are only ever added to, at their end.
type Terms []Term

// Has reports whether the list contains the term.
func (l Terms) Has(t Term) bool { return slices.Contains(l, t) }

// Code returns the one-byte code of a term: its position counted from 1; 0 for the
// empty term and for terms that are not in the list.
func (l Terms) Code(t Term) byte { return byte(slices.Index(l, t) + 1) }

// The facets of an event, after PLOVER and the protocol manuals' distinctions.
var (
	EventKinds = Terms{
		"MEETING", "CONVERSATION", "VISIT", "SESSION", "SUMMIT", "CONFERENCE", "NEGOTIATION",
		"CONSULTATIONS", "MEDIATION", "SIGNING", "CREDENTIALS", "PRESS_CONFERENCE", "CEREMONY", "VOTE",
		"DEMARCHE", "SUMMONS", "STATEMENT", "ELECTION", "APPOINTMENT", "OTHER",
	}
	Media        = Terms{"IN_PERSON", "TELEPHONE", "VIDEO", "HYBRID", "WRITTEN", "UNKNOWN"}
	Formats      = Terms{"BILATERAL", "TRILATERAL", "QUADRILATERAL", "MINILATERAL", "MULTILATERAL"}
	Levels       = Terms{"HEADS_OF_STATE", "HEADS_OF_GOVERNMENT", "MINISTERIAL", "DEPUTY_MINISTERIAL", "AMBASSADORIAL", "SENIOR_OFFICIALS", "EXPERT", "PARLIAMENTARY", "MIXED"}
	VisitRanks   = Terms{"STATE", "OFFICIAL", "OFFICIAL_WORKING", "WORKING", "PRIVATE", "TRANSIT", "UNSPECIFIED"}
	SessionTypes = Terms{"REGULAR", "EXTRAORDINARY", "SPECIAL", "EMERGENCY", "INFORMAL", "INAUGURAL"}
	Statuses     = Terms{"ANNOUNCED", "SCHEDULED", "HELD", "POSTPONED", "CANCELLED", "UNCONFIRMED"}
)

// The kinds of the other entities.
var (
	OrganizationKinds = Terms{"INTERGOVERNMENTAL", "MINISTRY", "PRESIDENCY", "GOVERNMENT", "PARLIAMENT", "AGENCY", "MISSION", "MEDIA", "NGO", "COMPANY", "OTHER"}
	CouncilKinds      = Terms{"COUNCIL", "ASSEMBLY", "COMMITTEE", "COMMISSION", "SECRETARIAT", "COURT", "OTHER"}
	OfficeKinds       = Terms{"HEAD_OF_STATE", "HEAD_OF_GOVERNMENT", "FOREIGN_MINISTER", "MINISTER", "AMBASSADOR", "SECRETARY_GENERAL", "CHAIR", "OTHER"}
	AgreementKinds    = Terms{"TREATY", "CONVENTION", "AGREEMENT", "MEMORANDUM", "PROTOCOL", "DECLARATION", "COMMUNIQUE", "OTHER"}
	Indicators        = Terms{"TRADE_TURNOVER", "IMPORTS", "EXPORTS", "TRADE_BALANCE", "AGREEMENTS_REACHED", "INVESTMENT", "AID", "OTHER"}
	PlaceKinds        = Terms{"CITY", "BUILDING", "REGION", "OTHER"}
	SourceKinds       = Terms{"NEWS_ARTICLE", "COMMUNIQUE", "WEB_PAGE", "DATASET", "BOOK", "LEGAL_TEXT", "STATEMENT", "OTHER"}
	NameKinds         = Terms{"OFFICIAL", "SHORT", "ACRONYM", "ALIAS", "FORMER", "NATIVE"}
)

// The terms of statements and of evidence.
var (
	Ranks            = Terms{"PREFERRED", "NORMAL", "DEPRECATED"}
	Capacities       = Terms{"SUBSTANTIVE", "ACTING", "AD_INTERIM", "DESIGNATE"}
	StartModes       = Terms{"ELECTED", "APPOINTED", "SUCCEEDED", "OTHER"}
	EndCauses        = Terms{"TERM_ENDED", "RESIGNED", "DISMISSED", "DIED", "RESHUFFLED", "OTHER"}
	MembershipKinds  = Terms{"FULL", "ASSOCIATE", "OBSERVER", "CANDIDATE", "SUSPENDED"}
	Roles            = Terms{"PARTICIPANT", "HOST", "CHAIR", "VISITOR", "ORGANIZER", "MEDIATOR", "OBSERVER", "SPEAKER", "INITIATOR"}
	RelationLevels   = Terms{"EMBASSY", "CONSULATE", "NON_RESIDENT", "ESTABLISHED", "SUSPENDED"}
	PartyActions     = Terms{"SIGNED", "RATIFIED", "ACCEDED", "WITHDREW"}
	Parts            = Terms{"WHOLE", "VALUE", "START", "END", "ROLE", "CAPACITY", "PLACE", "TITLE"}
	Stances          = Terms{"SUPPORTS", "CONTRADICTS"}
	Methods          = Terms{"MANUAL", "IMPORTED", "EXTRACTED"}
	Verdicts         = Terms{"SAME", "DIFFERENT", "UNSURE"}
	ObservationUnits = Terms{"COUNT", "PERCENT"}
)
