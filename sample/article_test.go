package sample_test

import (
	"slices"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
)

// These tests compare the sample with the news report that the project began with, an
// awkward sentence at a time.

const (
	call    = "Event/call-azerbaijan-kyrgyzstan-2020-04-27"
	meeting = "Event/meeting-azerbaijan-kyrgyzstan-2020-02-06"
	article = "Source/today-az-azerbaijan-kyrgyzstan-call"
)

// TestCallHasItsParticipantsAndEvidence: two ministers telephoned; the report gives the day without a year.
func TestCallHasItsParticipantsAndEvidence(t *testing.T) {
	g, _ := loaded(t)
	event := get[*diplomacy.Event](g, call)
	if event.Type != "CONVERSATION" || event.Medium != "TELEPHONE" || event.Date.String() != "2020-04-27" || event.Outcome == "" {
		t.Errorf("%+v", event)
	}
	want := map[diplomacy.ID][2]diplomacy.ID{
		g.id("Person/elmar-mammadyarov"):  {g.id("State/azerbaijan"), g.id("Office/foreign-minister-of-azerbaijan")},
		g.id("Person/chingiz-aydarbekov"): {g.id("State/kyrgyzstan"), g.id("Office/foreign-minister-of-kyrgyzstan")},
	}
	for _, s := range g.in(call, diplomacy.ParticipatedIn) {
		if want[s.Subject] != [2]diplomacy.ID{s.OnBehalfOf, s.InCapacityOf} {
			t.Errorf("%+v", s)
		}
		delete(want, s.Subject)
	}
	if len(want) > 0 || !g.asserted(event.ID, "START", "April 27") {
		t.Error("not all that the report says of the call:", want)
	}
}

func (g graph) asserted(about diplomacy.ID, part diplomacy.Term, text string) bool {
	return slices.ContainsFunc(g.evidence(about), func(e *diplomacy.Evidence) bool { return e.Part == part && e.Asserted == text })
}

// doubts are those about one piece of evidence.
func (g graph) doubts(about diplomacy.Record, part diplomacy.Term, asserted string, office *diplomacy.Office) []diplomacy.Term {
	for _, e := range g.evidence(about.Header().ID) {
		if e.Part == part && e.Asserted == asserted {
			return e.Doubts(about, g.records(e.Source)[0].(*diplomacy.Source), office)
		}
	}
	g.t.Errorf("no evidence of %s asserts %q", part, asserted)
	return nil
}

// TestAssertedTitleDiffersFromTheOffice: the report gives the Kyrgyz minister a title that is another's.
func TestAssertedTitleDiffersFromTheOffice(t *testing.T) {
	g, _ := loaded(t)
	office := get[*diplomacy.Office](g, "Office/foreign-minister-of-kyrgyzstan")
	for _, s := range g.in(call, diplomacy.ParticipatedIn) {
		if s.Subject != g.id("Person/chingiz-aydarbekov") {
			continue
		}
		if d := g.doubts(s, "TITLE", "Minister of Foreign Affairs and European Integration", office); !slices.Equal(d, []diplomacy.Term{"DIFFERS"}) {
			t.Error(d)
		}
	}
}

// TestMeetingLeadsToTheOrganization: from the minister to the organization, by way of the sidelines of
// a session of its council.
func TestMeetingLeadsToTheOrganization(t *testing.T) {
	g, _ := loaded(t)
	hop := func(from diplomacy.ID, predicate diplomacy.Kind) diplomacy.ID {
		entity := g.records(from)[0].(diplomacy.Entity)
		found := g.out(entity.Kind().String()+"/"+entity.Base().Slug, predicate)
		if len(found) != 1 {
			t.Fatalf("%s has %d links %s", entity.Base().Slug, len(found), predicate)
		}
		return found[0].Object
	}
	if !slices.ContainsFunc(g.out("Person/elmar-mammadyarov", diplomacy.ParticipatedIn), func(s *diplomacy.Statement) bool { return s.Object == g.id(meeting) }) {
		t.Error("the minister was not at the meeting")
	}
	session := hop(g.id(meeting), diplomacy.OnMarginsOf)
	if event := g.records(session)[0].(*diplomacy.Event); event.Type != "SESSION" || event.SessionType != "EXTRAORDINARY" || event.Date.String() != "2020-02-06" {
		t.Errorf("%+v", event)
	}
	council := hop(session, diplomacy.SessionOf)
	organization := g.records(hop(council, diplomacy.PartOf))[0].(*diplomacy.Organization)
	if !slices.ContainsFunc(organization.Names, func(n diplomacy.Name) bool { return n.Value == "Turkic Council" }) {
		t.Error(organization.Names)
	}
}

// TestImplausibleVisitDateIsDoubted: a president visited "in 2016 and 2108".
func TestImplausibleVisitDateIsDoubted(t *testing.T) {
	g, _ := loaded(t)
	for _, test := range []struct {
		name, date, asserted string
		doubts               []diplomacy.Term
	}{
		{"Event/visit-aliyev-kyrgyzstan-2016", "2016", "2016", nil},
		{"Event/visit-aliyev-kyrgyzstan-2018", "2018?", "2108", []diplomacy.Term{"LATER_THAN_SOURCE"}},
	} {
		visit := get[*diplomacy.Event](g, test.name)
		if visit.Type != "VISIT" || visit.VisitRank != "OFFICIAL" || visit.Date.String() != test.date {
			t.Errorf("%+v", visit)
		}
		if d := g.doubts(visit, "START", test.asserted, nil); !slices.Equal(d, test.doubts) {
			t.Errorf("%s: %v", test.name, d)
		}
	}
}

// TestTradeFiguresAddUp: four figures for ten months, which agree with each other.
func TestTradeFiguresAddUp(t *testing.T) {
	g, _ := loaded(t)
	figures := g.figures()
	for indicator, amount := range map[diplomacy.Term]int64{"TRADE_TURNOVER": 3_700_000, "IMPORTS": 1_400_000, "EXPORTS": 2_300_000, "TRADE_BALANCE": 900_000} {
		i := slices.IndexFunc(figures, func(o *diplomacy.Observation) bool { return o.Indicator == indicator })
		if i < 0 || figures[i].Amount.IntPart() != amount || figures[i].Unit != "USD" || figures[i].Period.String() != "2018-01/2018-10" {
			t.Errorf("%s: %+v", indicator, figures)
		}
	}
	checks := 0
	for _, o := range figures {
		for _, check := range o.Check(figures) {
			checks++
			if !check.Holds() {
				t.Errorf("%s: %s stated, %s computed", o.Indicator, check.Stated, check.Computed)
			}
		}
	}
	if checks != 2 {
		t.Errorf("%d checks, not turnover and balance", checks)
	}
}

// figures are those that Azerbaijan reported about Kyrgyzstan.
func (g graph) figures() (figures []*diplomacy.Observation) {
	for _, s := range g.in("State/azerbaijan", diplomacy.ReportedBy) {
		o := g.records(s.Subject)[0].(*diplomacy.Observation)
		partners := g.out("Observation/"+o.Slug, diplomacy.Partner)
		if len(partners) == 1 && partners[0].Object == g.id("State/kyrgyzstan") {
			figures = append(figures, o)
		}
	}
	return figures
}

// TestNumberOfAgreementsIsAnObservation: "58 agreements" are one figure.
func TestNumberOfAgreementsIsAnObservation(t *testing.T) {
	g, _ := loaded(t)
	i := slices.IndexFunc(g.figures(), func(o *diplomacy.Observation) bool { return o.Indicator == "AGREEMENTS_REACHED" })
	if i < 0 {
		t.Fatal("no figure")
	}
	if o := g.figures()[i]; o.Amount.IntPart() != 58 || o.Unit != "COUNT" {
		t.Errorf("%+v", o)
	}
}

// TestCallIsAttributedToTheMinistry: the report passes on what the ministry reported.
func TestCallIsAttributedToTheMinistry(t *testing.T) {
	g, _ := loaded(t)
	ministry := g.id("Organization/ministry-of-foreign-affairs-of-azerbaijan")
	if !slices.ContainsFunc(g.evidence(g.id(call)), func(e *diplomacy.Evidence) bool {
		return e.Source == g.id(article) && e.AttributedTo == ministry
	}) {
		t.Error("the call is not attributed to the ministry")
	}
	if issued := g.out(article, diplomacy.IssuedBy); len(issued) != 1 || issued[0].Object == ministry {
		t.Errorf("%+v", issued)
	}
}

// TestTopicsOfTheCall: what they talked about.
func TestTopicsOfTheCall(t *testing.T) {
	g, _ := loaded(t)
	discussed := map[diplomacy.ID]bool{}
	for _, s := range append(g.out(call, diplomacy.Discussed), g.out(meeting, diplomacy.Discussed)...) {
		discussed[s.Object] = true
	}
	for _, topic := range []string{"Topic/bilateral-relations", "Topic/covid-19-pandemic", "Topic/cooperation-in-international-organizations", "Topic/trade-and-economic-cooperation", "Organization/turkic-council"} {
		if !discussed[g.id(topic)] {
			t.Error(topic)
		}
	}
}

// TestMinistersHoldTheOfficesInWhichTheyAct requires of each foreign minister's office
// that it belongs to a ministry of its state, and that somebody holds it at the time of
// each event in which someone acts in its capacity.
func TestMinistersHoldTheOfficesInWhichTheyAct(t *testing.T) {
	g, _ := loaded(t)
	for _, entity := range g.all(diplomacy.KindOffice) {
		office := entity.(*diplomacy.Office)
		if office.Type != "FOREIGN_MINISTER" {
			continue
		}
		name := "Office/" + office.Slug
		var ministries int
		for _, s := range g.out(name, diplomacy.OfficeOf) {
			if body, ok := g.records(s.Object)[0].(*diplomacy.Organization); ok && body.Type == "MINISTRY" {
				ministries += len(g.out("Organization/"+body.Slug, diplomacy.BodyOf))
			}
		}
		tenures := g.in(name, diplomacy.HoldsOffice)
		if ministries == 0 || len(tenures) == 0 {
			t.Errorf("%s: belongs to %d ministries of a state and has %d holders", office.Slug, ministries, len(tenures))
		}
		for _, record := range g.via(office.ID, store.Arc{Kind: diplomacy.ParticipatedIn, Direction: store.Capacity}) {
			acted := record.(*diplomacy.Statement)
			at := g.records(acted.Object)[0].(*diplomacy.Event).Date.Window()
			holds := func(s *diplomacy.Statement) bool {
				return s.Subject == acted.Subject && s.Valid.Span().Holds(at, diplomacy.Possible)
			}
			if !slices.ContainsFunc(tenures, holds) {
				t.Errorf("%s: %s acts in its capacity without holding it", office.Slug, g.records(acted.Subject)[0].(*diplomacy.Person).Slug)
			}
		}
	}
}
