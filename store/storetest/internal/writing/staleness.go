package writing

import (
	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var staleness = testbed.Theme{Name: "staleness", Trials: []testbed.Trial{
	{Name: "a changed value makes evidence stale", Run: valueMakesStale},
	{Name: "rank is not value", Run: rankIsNotValue},
	{Name: "confirming ends it", Run: confirming},
	{Name: "a change of evidence does not confirm", Run: changeDoesNotConfirm},
	{Name: "both in one transaction", Run: bothInOne},
}}

// standing is what the store keeps of a statement and of evidence about it,
// and whether the one makes the other stale.
type standing struct {
	Since, Confirmed diplomacy.TxNumber
	Stale            bool
}

func standings(l testbed.MustReader, s *diplomacy.Statement, e *diplomacy.Evidence) standing {
	l.Helper()
	statement := l.Record(s.ID).(*diplomacy.Statement)
	evidence := l.Record(e.ID).(*diplomacy.Evidence)
	return standing{statement.ValueSince, evidence.Confirmed, evidence.Stale(statement)}
}

func valueMakesStale(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	testbed.Equal(b, "seeded", standings(b.Now(), w.Tenure, w.OfTenure), standing{1, 1, false})
	w.Tenure.Valid = testbed.EDTF("2016-06/..")
	t := b.Put(w.Tenure)
	testbed.Equal(b, "changed", standings(b.Now(), w.Tenure, w.OfTenure), standing{t.Number, 1, true})
	b.Put(testbed.Evidence(w.Tenure, w.Article))
	testbed.Equal(b, "more evidence", standings(b.Now(), w.Tenure, w.OfTenure), standing{t.Number, 1, true})
	testbed.Equal(b, "as it was", standings(b.At(1), w.Tenure, w.OfTenure), standing{1, 1, false})
}

func rankIsNotValue(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	w.Tenure.Rank, w.Tenure.ValueSince = "DEPRECATED", 99
	b.Put(w.Tenure)
	testbed.Equal(b, "rank changed", standings(b.Now(), w.Tenure, w.OfTenure), standing{1, 1, false})
}

func confirming(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	w.Tenure.EndCause = "RESIGNED"
	b.Put(w.Tenure)
	w.OfTenure.Confirmed = 77
	t := b.Put(w.OfTenure)
	testbed.Equal(b, "confirmed", standings(b.Now(), w.Tenure, w.OfTenure), standing{2, t.Number, false})
	testbed.Equal(b, "its changes", b.Now().Changes(t.Number), []diplomacy.Change{{Record: w.OfTenure.ID, Action: "CHANGED"}})
	testbed.Equal(b, "its versions", len(b.Now().Versions(w.OfTenure.ID)), 2)
	again := b.Put(w.OfTenure)
	testbed.Equal(b, "confirmed again", standings(b.Now(), w.Tenure, w.OfTenure), standing{2, again.Number, false})
}

func changeDoesNotConfirm(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	w.Tenure.EndCause = "RESIGNED"
	b.Put(w.Tenure)
	w.OfTenure.Asserted = "the Minister"
	b.Put(w.OfTenure)
	testbed.Equal(b, "changed", standings(b.Now(), w.Tenure, w.OfTenure), standing{2, 1, true})
	testbed.Equal(b, "put again", b.Put(w.OfTenure), diplomacy.Transaction{})
}

// bothInOne changes the value and confirms the evidence, in either order.
func bothInOne(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	w.OfTenure.Confirmed = 1
	for i, cause := range []diplomacy.Term{"DIED", "DISMISSED"} {
		w.Tenure.EndCause = cause
		order := []diplomacy.Record{w.Tenure, w.OfTenure}
		t, err := b.Write(func(writer store.Writer) error {
			return writer.Put(testbed.Background, testbed.Clone(order[i]), testbed.Clone(order[1-i]))
		})
		testbed.Must(b, err, "write")
		testbed.Equal(b, "both", standings(b.Now(), w.Tenure, w.OfTenure), standing{t.Number, t.Number, false})
	}
}
