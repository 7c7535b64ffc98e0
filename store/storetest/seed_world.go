package storetest

import (
	"chancery/diplomacy"

	"github.com/shopspring/decimal"
)

func newWorld() *World {
	w := &World{
		Avalon: state("avalon"), Borduria: state("borduria"),
		League: organization("league"), Ministry: organization("ministry"),
		Assembly: council("assembly"), Minister: office("minister"),
		Ann: person("ann"), Bob: person("bob"), Anne: person("anne"),
		Summit: event("summit", "2019-06-01/2019-06-02"), Talks: event("talks", "2019-06-02"),
		Water: topic("water"), Article: source("article"),
	}
	w.Treaty = &diplomacy.Agreement{Thing: thing("treaty"), Type: "TREATY", Date: edtf("2019-06")}
	w.Trade = &diplomacy.Observation{
		Thing: thing("trade"), Indicator: "EXPORTS", Period: edtf("2018-01/2018-10"),
		Amount: decimal.RequireFromString("2300000.50"), Unit: "USD",
	}
	w.Harbour = &diplomacy.Place{Thing: thing("harbour"), Type: "CITY", Coordinates: "40.4,-8.5"}
	w.Avalon.Identifiers = []diplomacy.Identifier{{Scheme: diplomacy.SchemeWikidata, Value: "Q1"}, {Scheme: diplomacy.SchemeISOAlpha2, Value: "AV"}}
	w.Ann.Identifiers = []diplomacy.Identifier{{Scheme: diplomacy.SchemeWikidata, Value: "Q2"}}
	w.Ann.Names = []diplomacy.Name{{Value: "Ánn Şen", Language: "tr"}, {Value: "Ann Shen", Language: "en", Kind: "ALIAS"}}
	w.Ann.Born = edtf("1970")
	w.Avalon.Founded = edtf("-0043-03-15")
	w.Summit.Type, w.Summit.Medium, w.Summit.Status = "SUMMIT", "IN_PERSON", "HELD"
	w.Ministry.Type = "MINISTRY"
	w.Article.Published, w.Article.Snapshot = edtf("2019-06-03"), "Ann Shen, the minister, met Bob."
	return w
}

// state makes the statements; the entities have their ids.
func (w *World) state() {
	w.Tenure = statement(diplomacy.HoldsOffice, w.Ann, w.Minister, "2016-05/..")
	w.Tenure.StartMode = "APPOINTED"
	w.AnnAtSummit = statement(diplomacy.ParticipatedIn, w.Ann, w.Summit, "")
	w.AnnAtSummit.OnBehalfOf, w.AnnAtSummit.InCapacityOf = w.Avalon.ID, w.Minister.ID
	w.AnnAtSummit.Role, w.AnnAtSummit.DelegationHead = "SPEAKER", true
	w.AnnAtTalks = statement(diplomacy.ParticipatedIn, w.Ann, w.Talks, "")
	w.AnnAtTalks.OnBehalfOf = w.Avalon.ID
	w.BobAtTalks = statement(diplomacy.ParticipatedIn, w.Bob, w.Talks, "")
	w.BobAtTalks.OnBehalfOf, w.BobAtTalks.Rank = w.Borduria.ID, "PREFERRED"
	w.Relations = statement(diplomacy.HasRelationsWith, w.Avalon, w.Borduria, "1992/..")
	w.Margins = statement(diplomacy.OnMarginsOf, w.Talks, w.Summit, "")
	w.Session = statement(diplomacy.SessionOf, w.Summit, w.Assembly, "")
	w.Signature = statement(diplomacy.Signed, w.Ann, w.Treaty, "")
	w.Signature.InCapacityOf = w.Minister.ID
	w.Membership = statement(diplomacy.MemberOf, w.Avalon, w.League, "2001/2010~")
	w.Reporter = statement(diplomacy.ReportedBy, w.Trade, w.Avalon, "")
}

// prove makes the evidence and the judgement; the statements have their ids.
func (w *World) prove() {
	w.OfTenure = evidence(w.Tenure, w.Article)
	w.OfTenure.Part, w.OfTenure.Asserted = "TITLE", "the minister"
	w.OfTenure.AttributedTo = w.Ministry.ID
	w.OfTenure.Quote = diplomacy.Quote{Exact: "the minister", Prefix: "Ann Shen, "}
	w.OfTalks = evidence(w.Talks, w.Article)
	w.Twins = judgement(w.Ann, w.Anne, "UNSURE")
	w.Twins.Reasons = []string{"like names", "one office"}
}
