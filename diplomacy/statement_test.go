package diplomacy_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"chancery/diplomacy"

	"pgregory.net/rapid"
)

func idOf(kind diplomacy.Kind, n uint64) diplomacy.ID { return diplomacy.MakeID(kind, n) }

var (
	person = idOf(diplomacy.KindPerson, 1)
	office = idOf(diplomacy.KindOffice, 2)
	event  = idOf(diplomacy.KindEvent, 3)
	state  = idOf(diplomacy.KindState, 4)
	other  = idOf(diplomacy.KindState, 5)
	treaty = idOf(diplomacy.KindAgreement, 6)
)

// TestStatementsLinkOnlyAllowedKinds tries all pairs of kinds with each predicate.
func TestStatementsLinkOnlyAllowedKinds(t *testing.T) {
	for _, rule := range diplomacy.Vocabulary {
		for _, subject := range everyKind() {
			for _, object := range everyKind() {
				s := diplomacy.Statement{Predicate: rule.Predicate, Subject: idOf(subject, 1), Object: idOf(object, 2)}
				s.Normalize()
				want := slices.Contains(rule.Subjects, subject) && slices.Contains(rule.Objects, object) && (!rule.SameKind || subject == object)
				if err := s.Validate(); (err == nil) != want {
					t.Errorf("a %s %s a %s: %v", subject, rule.Name, object, err)
				}
			}
		}
	}
}

func TestStatementValidateReportsEveryProblem(t *testing.T) {
	const norm = diplomacy.Term("NORMAL")
	for name, test := range map[string]struct {
		statement diplomacy.Statement
		want      []string
	}{
		"tenure": {diplomacy.Statement{Predicate: diplomacy.HoldsOffice, Subject: person, Object: office, Rank: norm, Role: "ACTING", StartMode: "APPOINTED", EndCause: "DIED"}, nil},
		"participation": {diplomacy.Statement{Predicate: diplomacy.ParticipatedIn, Subject: person, Object: event, Rank: norm, Role: "HOST",
			OnBehalfOf: state, InCapacityOf: office, DelegationHead: true}, nil},
		"signature": {diplomacy.Statement{Predicate: diplomacy.Signed, Subject: person, Object: treaty, Rank: "DEPRECATED", OnBehalfOf: state, InCapacityOf: office}, nil},
		"nothing":   {diplomacy.Statement{}, []string{"type: is not a predicate"}},
		"no kind":   {diplomacy.Statement{Predicate: diplomacy.KindPerson, Subject: person, Object: office, Rank: norm}, []string{"type: is not a predicate"}},
		"a number":  {diplomacy.Statement{Predicate: 255, Rank: norm}, []string{"type: is not a predicate"}},
		"no ends": {diplomacy.Statement{Predicate: diplomacy.HoldsOffice},
			[]string{"subject: is missing", "object: is missing", "rank: is missing; one of PREFERRED", "capacity: is missing; one of SUBSTANTIVE"}},
		"turned round": {diplomacy.Statement{Predicate: diplomacy.HoldsOffice, Subject: office, Object: person, Rank: norm, Role: "ACTING"},
			[]string{"subject: is of type Office; HOLDS_OFFICE allows Person", "object: is of type Person; HOLDS_OFFICE allows Office"}},
		"a state's minister": {diplomacy.Statement{Predicate: diplomacy.HoldsOffice, Subject: state, Object: office, Rank: norm, Role: "ACTING"},
			[]string{"subject: is of type State; HOLDS_OFFICE allows Person"}},
		"itself": {diplomacy.Statement{Predicate: diplomacy.FollowsUp, Subject: event, Object: event, Rank: norm}, []string{"object: is the subject itself"}},
		"unlike": {diplomacy.Statement{Predicate: diplomacy.Succeeds, Subject: state, Object: office, Rank: norm},
			[]string{"object: SUCCEEDS links entities of one type, not State and Office"}},
		"larger first": {diplomacy.Statement{Predicate: diplomacy.HasRelationsWith, Subject: other, Object: state, Rank: norm, Role: "EMBASSY"},
			[]string{"object: the smaller id first"}},
		"terms": {diplomacy.Statement{Predicate: diplomacy.HoldsOffice, Subject: person, Object: office, Rank: "BEST", Role: "HOST", StartMode: "WON", EndCause: "LOST"},
			[]string{`rank: "BEST" is not one of PREFERRED`, `capacity: "HOST" is not one of SUBSTANTIVE`, "startMode: is not one of ELECTED", "endCause: is not one of TERM_ENDED"}},
		"not carried": {diplomacy.Statement{Predicate: diplomacy.FollowsUp, Subject: event, Object: idOf(diplomacy.KindEvent, 9), Rank: norm,
			Role: "HOST", StartMode: "ELECTED", EndCause: "DIED", OnBehalfOf: state, InCapacityOf: office, DelegationHead: true},
			[]string{"onBehalfOf: does not carry", "inCapacityOf: does not carry", "role: FOLLOWS_UP does not carry it", "startMode: does not carry", "endCause: does not carry", "delegationHead: does not carry"}},
		"for a day": {diplomacy.Statement{Predicate: diplomacy.ParticipatedIn, Subject: person, Object: event, Rank: norm, Role: "HOST", OnBehalfOf: event, InCapacityOf: state},
			[]string{"onBehalfOf: is of type Event; PARTICIPATED_IN allows Person, State, Organization, Council", "inCapacityOf: is of type State; PARTICIPATED_IN allows Office"}},
	} {
		t.Run(name, func(t *testing.T) { holdProblems(t, &test.statement, test.want...) })
	}
}

func TestSameValueIgnoresHeadRankAndRestriction(t *testing.T) {
	said := diplomacy.Statement{Predicate: diplomacy.HoldsOffice, Subject: person, Object: office, Rank: "NORMAL", Role: "ACTING", Valid: diplomacy.MustParseTime("2004")}
	same := said
	same.ID, same.From, same.Until, same.Revision, same.ValueSince, same.Rank = 7, 8, 9, 10, 11, "PREFERRED"
	if !said.SameValue(&same) || said.Rank != "NORMAL" || same.ValueSince != 11 {
		t.Errorf("%v and %v say the same, and are left alone", said, same)
	}
	for name, change := range map[string]func(*diplomacy.Statement){
		"subject": func(s *diplomacy.Statement) { s.Subject++ },
		"object":  func(s *diplomacy.Statement) { s.Object++ },
		"role":    func(s *diplomacy.Statement) { s.Role = "DESIGNATE" },
		"valid":   func(s *diplomacy.Statement) { s.Valid = diplomacy.MustParseTime("2004?") },
		"end":     func(s *diplomacy.Statement) { s.EndCause = "DIED" },
	} {
		changed := said
		change(&changed)
		if said.SameValue(&changed) {
			t.Errorf("another %s says the same", name)
		}
	}
}

func TestStatementIsDatedByItselfOrAnEnd(t *testing.T) {
	at := diplomacy.MustParseTime
	subject, object := &diplomacy.Event{Date: at("2020-02-06")}, &diplomacy.Event{Date: at("2020-02-07")}
	for _, test := range []struct {
		predicate diplomacy.Kind
		valid     string
		want      string
	}{
		{diplomacy.HoldsOffice, "2004", "2004"},
		{diplomacy.HoldsOffice, "", ""},
		{diplomacy.SubeventOf, "", "2020-02-06"},
		{diplomacy.ParticipatedIn, "", "2020-02-07"},
		{diplomacy.ParticipatedIn, "2020-02-08", "2020-02-08"},
	} {
		s := diplomacy.Statement{Predicate: test.predicate, Valid: at(test.valid)}
		if got := s.Dated(subject, object); got.String() != test.want {
			t.Errorf("%s valid %q is dated %q, want %q", test.predicate, test.valid, got, test.want)
		}
	}
}

func TestNormalizeOrdersTheEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyStatement(t)
		before := s
		s.Normalize()
		once := s
		s.Normalize()
		if s != once {
			t.Fatalf("normalized twice: %v, once: %v", s, once)
		}
		rule := diplomacy.RuleOf(s.Predicate)
		if rule != nil && rule.Symmetric && s.Object < s.Subject || s.Subject+s.Object != before.Subject+before.Object {
			t.Fatalf("%v came of %v", s, before)
		}
	})
}

func ExampleStatement_Validate() {
	s := diplomacy.Statement{
		Predicate: diplomacy.HoldsOffice,
		Subject:   diplomacy.MakeID(diplomacy.KindState, 1),
		Object:    diplomacy.MakeID(diplomacy.KindOffice, 2),
		Role:      "FOR_LIFE",
	}
	s.Normalize()
	fmt.Println(strings.ReplaceAll(s.Validate().Error(), "; ", "\n"))
	// Output:
	// subject: is of type State
	// HOLDS_OFFICE allows Person
	// capacity: "FOR_LIFE" is not one of SUBSTANTIVE, ACTING, AD_INTERIM, DESIGNATE
}
