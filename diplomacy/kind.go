package diplomacy

// Kind is the type of a record. Its numbers are part of every ID, and so of every
// file and of clients' bookmarks: they are never changed or reused, only added to.
type Kind uint8

// Kinds of entities and of the records about them. A Predicate is the kind of
// its statements; its numbers begin at 64.
const (
	KindNone         Kind = 0
	KindPerson       Kind = 1
	KindState        Kind = 2
	KindOrganization Kind = 3
	KindCouncil      Kind = 4
	KindOffice       Kind = 5
	KindEvent        Kind = 6
	KindAgreement    Kind = 7
	KindObservation  Kind = 8
	KindTopic        Kind = 9
	KindPlace        Kind = 10
	KindSource       Kind = 11

	KindEvidence  Kind = 32
	KindJudgement Kind = 33
)

// Actors lists the kinds of entity that can act: take part, sign, be a party.
var Actors = []Kind{KindPerson, KindState, KindOrganization, KindCouncil}

// EntityKinds lists all kinds of entity in the order of their numbers.
var EntityKinds = []Kind{
	KindPerson, KindState, KindOrganization, KindCouncil, KindOffice, KindEvent,
	KindAgreement, KindObservation, KindTopic, KindPlace, KindSource,
}

// kinds holds for each kind the name of its type in files and in GraphQL, and
// the prefix of its ids. Predicates add their rows from the vocabulary.
var kinds = [256]struct{ name, prefix string }{
	KindPerson:       {"Person", "person"},
	KindState:        {"State", "state"},
	KindOrganization: {"Organization", "organization"},
	KindCouncil:      {"Council", "council"},
	KindOffice:       {"Office", "office"},
	KindEvent:        {"Event", "event"},
	KindAgreement:    {"Agreement", "agreement"},
	KindObservation:  {"Observation", "observation"},
	KindTopic:        {"Topic", "topic"},
	KindPlace:        {"Place", "place"},
	KindSource:       {"Source", "source"},
	KindEvidence:     {"Evidence", "evidence"},
	KindJudgement:    {"Judgement", "judgement"},
}

var (
	kindByName   = map[string]Kind{}
	kindByPrefix = map[string]Kind{}
)

func init() {
	for i := range Vocabulary {
		rule := &Vocabulary[i]
		rules[rule.Predicate] = rule
		predicateByName[rule.Name] = rule.Predicate
		kinds[rule.Predicate].name, kinds[rule.Predicate].prefix = rule.Type, rule.prefix()
	}
	for k, row := range kinds {
		if row.name != "" {
			kindByName[row.name], kindByPrefix[row.prefix] = Kind(k), Kind(k)
		}
	}
}

// String returns the name of the kind's type in files and in GraphQL, such as
// Person or Tenure; empty for an unknown kind.
func (k Kind) String() string { return kinds[k].name }

// IsEntity reports whether records of the kind are entities.
func (k Kind) IsEntity() bool { return k >= KindPerson && k <= KindSource }

// IsStatement reports whether records of the kind are statements.
func (k Kind) IsStatement() bool { return rules[k] != nil }

// ParseKind returns the kind whose String is the name.
func ParseKind(name string) (Kind, bool) {
	k, ok := kindByName[name]
	return k, ok
}
