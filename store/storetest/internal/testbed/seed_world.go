package testbed

import (
	"chancery/diplomacy"

	"github.com/shopspring/decimal"
)

func newWorld() *World {
	w := &World{
		Avalon: State("avalon"), Borduria: State("borduria"),
		League: Organization("league"), Ministry: Organization("ministry"),
		Assembly: council("assembly"), Minister: Office("minister"),
		Ann: Person("ann"), Bob: Person("bob"), Anne: Person("anne"),
		Summit: Event("summit", "2019-06-01/2019-06-02"), Talks: Event("talks", "2019-06-02"),
		Water: Topic("water"), Article: Source("article"),
	}
	w.Treaty = &diplomacy.Agreement{Thing: thing("treaty"), Type: "TREATY", Date: EDTF("2019-06")}
	w.Trade = &diplomacy.Observation{
		Thing: thing("trade"), Indicator: "EXPORTS", Period: EDTF("2018-01/2018-10"),
		Amount: decimal.RequireFromString("2300000.50"), Unit: "USD",
	}
	w.Harbour = &diplomacy.Place{Thing: thing("harbour"), Type: "CITY", Coordinates: "40.4,-8.5"}
	w.Avalon.Identifiers = []diplomacy.Identifier{{Scheme: diplomacy.SchemeWikidata, Value: "Q1"}, {Scheme: diplomacy.SchemeISOAlpha2, Value: "AV"}}
	w.Ann.Identifiers = []diplomacy.Identifier{{Scheme: diplomacy.SchemeWikidata, Value: "Q2"}}
	w.Ann.Names = []diplomacy.Name{{Value: "Ánn Şen", Language: "tr"}, {Value: "Ann Shen", Language: "en", Kind: "ALIAS"}}
	w.Ann.Born = EDTF("1970")
	w.Avalon.Founded = EDTF("-0043-03-15")
	w.Summit.Type, w.Summit.Medium, w.Summit.Status = "SUMMIT", "IN_PERSON", "HELD"
	w.Ministry.Type = "MINISTRY"
	w.Article.Published, w.Article.Snapshot = EDTF("2019-06-03"), "Ann Shen, the minister, met Bob."
	return w
}

// state makes the statements; the entities have their ids.
func (w *World) state() {
	w.Tenure = Statement(diplomacy.HoldsOffice, w.Ann, w.Minister, "2016-05/..")
	w.Tenure.StartMode = "APPOINTED"
	w.AnnAtSummit = Statement(diplomacy.ParticipatedIn, w.Ann, w.Summit, "")
	w.AnnAtSummit.OnBehalfOf, w.AnnAtSummit.InCapacityOf = w.Avalon.ID, w.Minister.ID
	w.AnnAtSummit.Role, w.AnnAtSummit.DelegationHead = "SPEAKER", true
	w.AnnAtTalks = Statement(diplomacy.ParticipatedIn, w.Ann, w.Talks, "")
	w.AnnAtTalks.OnBehalfOf = w.Avalon.ID
	w.BobAtTalks = Statement(diplomacy.ParticipatedIn, w.Bob, w.Talks, "")
	w.BobAtTalks.OnBehalfOf, w.BobAtTalks.Rank = w.Borduria.ID, "PREFERRED"
	w.Relations = Statement(diplomacy.HasRelationsWith, w.Avalon, w.Borduria, "1992/..")
	w.Margins = Statement(diplomacy.OnMarginsOf, w.Talks, w.Summit, "")
	w.Session = Statement(diplomacy.SessionOf, w.Summit, w.Assembly, "")
	w.Signature = Statement(diplomacy.Signed, w.Ann, w.Treaty, "")
	w.Signature.InCapacityOf = w.Minister.ID
	w.Membership = Statement(diplomacy.MemberOf, w.Avalon, w.League, "2001/2010~")
	w.Reporter = Statement(diplomacy.ReportedBy, w.Trade, w.Avalon, "")
}

// prove makes the evidence and the judgement; the statements have their ids.
func (w *World) prove() {
	w.OfTenure = Evidence(w.Tenure, w.Article)
	w.OfTenure.Part, w.OfTenure.Asserted = "TITLE", "the minister"
	w.OfTenure.AttributedTo = w.Ministry.ID
	w.OfTenure.Quote = diplomacy.Quote{Exact: "the minister", Prefix: "Ann Shen, "}
	w.OfTalks = Evidence(w.Talks, w.Article)
	w.Twins = Judgement(w.Ann, w.Anne, "UNSURE")
	w.Twins.Reasons = []string{"like names", "one office"}
}
