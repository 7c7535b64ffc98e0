package storetest

import (
	"chancery/diplomacy"
	"chancery/store"
)

var staleness = theme{"staleness", []trial{
	{"a changed value makes evidence stale", valueMakesStale},
	{"rank is not value", rankIsNotValue},
	{"confirming ends it", confirming},
	{"a change of evidence does not confirm", changeDoesNotConfirm},
	{"both in one transaction", bothInOne},
}}

// standing is what the store keeps of a statement and of evidence about it,
// and whether the one makes the other stale.
type standing struct {
	Since, Confirmed diplomacy.TxNumber
	Stale            bool
}

func standings(l look, s *diplomacy.Statement, e *diplomacy.Evidence) standing {
	l.Helper()
	statement := l.record(s.ID).(*diplomacy.Statement)
	evidence := l.record(e.ID).(*diplomacy.Evidence)
	return standing{statement.ValueSince, evidence.Confirmed, evidence.Stale(statement)}
}

func valueMakesStale(b *bed) {
	w := Seed(b, b.store)
	equal(b, "seeded", standings(b.now(), w.Tenure, w.OfTenure), standing{1, 1, false})
	w.Tenure.Valid = edtf("2016-06/..")
	t := b.put(w.Tenure)
	equal(b, "changed", standings(b.now(), w.Tenure, w.OfTenure), standing{t.Number, 1, true})
	b.put(evidence(w.Tenure, w.Article))
	equal(b, "more evidence", standings(b.now(), w.Tenure, w.OfTenure), standing{t.Number, 1, true})
	equal(b, "as it was", standings(b.at(1), w.Tenure, w.OfTenure), standing{1, 1, false})
}

func rankIsNotValue(b *bed) {
	w := Seed(b, b.store)
	w.Tenure.Rank, w.Tenure.ValueSince = "DEPRECATED", 99
	b.put(w.Tenure)
	equal(b, "rank changed", standings(b.now(), w.Tenure, w.OfTenure), standing{1, 1, false})
}

func confirming(b *bed) {
	w := Seed(b, b.store)
	w.Tenure.EndCause = "RESIGNED"
	b.put(w.Tenure)
	w.OfTenure.Confirmed = 77
	t := b.put(w.OfTenure)
	equal(b, "confirmed", standings(b.now(), w.Tenure, w.OfTenure), standing{2, t.Number, false})
	equal(b, "its changes", b.now().changes(t.Number), []diplomacy.Change{{Record: w.OfTenure.ID, Action: "CHANGED"}})
	equal(b, "its versions", len(b.now().versions(w.OfTenure.ID)), 2)
	again := b.put(w.OfTenure)
	equal(b, "confirmed again", standings(b.now(), w.Tenure, w.OfTenure), standing{2, again.Number, false})
}

func changeDoesNotConfirm(b *bed) {
	w := Seed(b, b.store)
	w.Tenure.EndCause = "RESIGNED"
	b.put(w.Tenure)
	w.OfTenure.Asserted = "the Minister"
	b.put(w.OfTenure)
	equal(b, "changed", standings(b.now(), w.Tenure, w.OfTenure), standing{2, 1, true})
	equal(b, "put again", b.put(w.OfTenure), diplomacy.Transaction{})
}

// bothInOne changes the value and confirms the evidence, in either order.
func bothInOne(b *bed) {
	w := Seed(b, b.store)
	w.OfTenure.Confirmed = 1
	for i, cause := range []diplomacy.Term{"DIED", "DISMISSED"} {
		w.Tenure.EndCause = cause
		order := []diplomacy.Record{w.Tenure, w.OfTenure}
		t, err := b.write(func(writer store.Writer) error {
			return writer.Put(background, clone(order[i]), clone(order[1-i]))
		})
		must(b, err, "write")
		equal(b, "both", standings(b.now(), w.Tenure, w.OfTenure), standing{t.Number, t.Number, false})
	}
}
