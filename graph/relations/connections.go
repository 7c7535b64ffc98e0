package relations

import "chancery/diplomacy"

// Connection is a type of connection whose edges have the fields of a predicate's
// statements. Links without a row here share the connections of their nodes' type,
// whose edges have the statement alone.
type Connection struct {
	Name      string // of the types: Name + "Connection", Name + "Edge"
	Predicate diplomacy.Kind
	Node      string // the type of the nodes
	Of        string // what the nodes are, in descriptions
	End       string // an end of the statement that edges have, too
}

// Connections has the connections of predicates that carry fields of their own.
var Connections = []Connection{
	{Name: "HeldOffice", Predicate: diplomacy.HoldsOffice, Node: "Office", Of: "offices that a person holds or held"},
	{Name: "Holder", Predicate: diplomacy.HoldsOffice, Node: "Person", Of: "persons who hold or held an office", End: "office"},
	{Name: "Participation", Predicate: diplomacy.ParticipatedIn, Node: "Event", Of: "events in which an actor took part"},
	{Name: "Participant", Predicate: diplomacy.ParticipatedIn, Node: "Actor", Of: "participants of an event"},
	{Name: "Membership", Predicate: diplomacy.MemberOf, Node: "Organization", Of: "organizations of which an actor is a member"},
	{Name: "Member", Predicate: diplomacy.MemberOf, Node: "Actor", Of: "members of an organization"},
	{Name: "Relations", Predicate: diplomacy.HasRelationsWith, Node: "State", Of: "states with which a state has diplomatic relations"},
	{Name: "PartyAgreement", Predicate: diplomacy.PartyTo, Node: "Agreement", Of: "agreements to which an actor is a party"},
	{Name: "Party", Predicate: diplomacy.PartyTo, Node: "Actor", Of: "parties to an agreement"},
	{Name: "SignedAgreement", Predicate: diplomacy.Signed, Node: "Agreement", Of: "agreements that a person signed"},
	{Name: "Signatory", Predicate: diplomacy.Signed, Node: "Person", Of: "persons who signed an agreement"},
}

// ConnectionOf returns the row for links of a predicate to nodes of a type.
func ConnectionOf(predicate diplomacy.Kind, node string) (Connection, bool) {
	for _, c := range Connections {
		if c.Predicate == predicate && c.Node == node {
			return c, true
		}
	}
	return Connection{}, false
}
