package writing

import (
	"strings"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var contradictions = testbed.Theme{Name: "contradictions", Trials: []testbed.Trial{
	{Name: "different within a group", Run: differentWithin},
	{Name: "the same across what is different", Run: sameAcross},
	{Name: "a changed verdict is compared with the others", Run: changedVerdict},
	{Name: "unsure contradicts nothing", Run: unsureNever},
}, Needs: []testbed.Capability{testbed.Identity}}

// refusedVerdict also looks for the judgements that the refusal must name.
func refusedVerdict(b *testbed.Bed, j *diplomacy.Judgement, names ...*diplomacy.Judgement) {
	b.Helper()
	testbed.Refused(b, 0, "verdict", j)
	_, err := b.TryPut(j)
	for _, named := range names {
		if !strings.Contains(err.Error(), named.ID.String()) {
			b.Errorf("%v does not name %s", err, named.ID)
		}
	}
}

func differentWithin(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	carol := testbed.Person("carol")
	b.Put(carol)
	first, second := b.Judge(w.Ann, w.Bob, "SAME"), b.Judge(w.Bob, carol, "SAME")
	refusedVerdict(b, testbed.Judgement(w.Ann, carol, "DIFFERENT"), first, second)
	refusedVerdict(b, testbed.Judgement(w.Ann, w.Bob, "DIFFERENT"), first)
	b.Judge(w.Ann, carol, "SAME")
	b.Judge(w.Anne, carol, "DIFFERENT")
	b.Retract(second.ID)
	testbed.Refused(b, 0, "verdict", testbed.Judgement(w.Bob, carol, "DIFFERENT"))
}

func sameAcross(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	carol := testbed.Person("carol")
	b.Put(carol)
	first, apart := b.Judge(w.Ann, w.Bob, "SAME"), b.Judge(w.Bob, carol, "DIFFERENT")
	refusedVerdict(b, testbed.Judgement(w.Bob, carol, "SAME"), apart)
	refusedVerdict(b, testbed.Judgement(w.Ann, carol, "SAME"), apart, first)
	last := b.Judge(w.Anne, carol, "SAME")
	refusedVerdict(b, testbed.Judgement(w.Ann, w.Anne, "SAME"), apart, first, last)
	testbed.Refused(b, 1, "verdict", testbed.Judgement(w.Ann, w.Anne, "DIFFERENT"), testbed.Judgement(w.Bob, w.Anne, "SAME"))
	_, err := b.Write(func(writer store.Writer) error {
		if err := writer.Retract(testbed.Background, apart.ID); err != nil {
			return err
		}
		return writer.Put(testbed.Background, testbed.Judgement(w.Ann, w.Anne, "SAME"))
	})
	testbed.Must(b, err, "joined once they are not different any more")
}

func changedVerdict(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	first, second := b.Judge(w.Ann, w.Bob, "SAME"), b.Judge(w.Bob, w.Anne, "SAME")
	w.Twins.Verdict = "DIFFERENT"
	refusedVerdict(b, w.Twins, first, second)
	first.Verdict = "DIFFERENT"
	b.Put(first) // nothing else says that they are the same
	w.Twins.Verdict = "SAME"
	refusedVerdict(b, w.Twins, first, second)
	first.Verdict = "SAME"
	b.Put(first, w.Twins)
	first.Verdict = "DIFFERENT"
	refusedVerdict(b, first, second, w.Twins)
	first.Verdict = "UNSURE"
	b.Put(first)
}

func unsureNever(b *testbed.Bed) {
	w := testbed.Seed(b, b.Store)
	b.Judge(w.Ann, w.Bob, "SAME")
	b.Judge(w.Ann, w.Bob, "UNSURE")
	b.Judge(w.Bob, w.Anne, "UNSURE")
	b.Judge(w.Bob, w.Anne, "DIFFERENT")
	b.Judge(w.Ann, w.Anne, "UNSURE")
}
