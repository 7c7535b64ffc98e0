package storetest

import (
	"strings"

	"chancery/diplomacy"
	"chancery/store"
)

var contradictions = theme{"contradictions", []trial{
	{"different within a group", differentWithin},
	{"the same across what is different", sameAcross},
	{"a changed verdict is held against the others", changedVerdict},
	{"unsure contradicts nothing", unsureNever},
}}

// refusedVerdict also looks for the judgements that the refusal must name.
func refusedVerdict(b *bed, j *diplomacy.Judgement, names ...*diplomacy.Judgement) {
	b.Helper()
	refused(b, 0, "verdict", j)
	_, err := b.tryPut(j)
	for _, named := range names {
		if !strings.Contains(err.Error(), named.ID.String()) {
			b.Errorf("%v does not name %s", err, named.ID)
		}
	}
}

func differentWithin(b *bed) {
	w := Seed(b, b.store)
	carol := person("carol")
	b.put(carol)
	first, second := b.judge(w.Ann, w.Bob, "SAME"), b.judge(w.Bob, carol, "SAME")
	refusedVerdict(b, judgement(w.Ann, carol, "DIFFERENT"), first, second)
	refusedVerdict(b, judgement(w.Ann, w.Bob, "DIFFERENT"), first)
	b.judge(w.Ann, carol, "SAME")
	b.judge(w.Anne, carol, "DIFFERENT")
	b.retract(second.ID)
	refused(b, 0, "verdict", judgement(w.Bob, carol, "DIFFERENT"))
}

func sameAcross(b *bed) {
	w := Seed(b, b.store)
	carol := person("carol")
	b.put(carol)
	first, apart := b.judge(w.Ann, w.Bob, "SAME"), b.judge(w.Bob, carol, "DIFFERENT")
	refusedVerdict(b, judgement(w.Bob, carol, "SAME"), apart)
	refusedVerdict(b, judgement(w.Ann, carol, "SAME"), apart, first)
	last := b.judge(w.Anne, carol, "SAME")
	refusedVerdict(b, judgement(w.Ann, w.Anne, "SAME"), apart, first, last)
	refused(b, 1, "verdict", judgement(w.Ann, w.Anne, "DIFFERENT"), judgement(w.Bob, w.Anne, "SAME"))
	_, err := b.write(func(writer store.Writer) error {
		if err := writer.Retract(background, apart.ID); err != nil {
			return err
		}
		return writer.Put(background, judgement(w.Ann, w.Anne, "SAME"))
	})
	must(b, err, "joined once they are not different any more")
}

func changedVerdict(b *bed) {
	w := Seed(b, b.store)
	first, second := b.judge(w.Ann, w.Bob, "SAME"), b.judge(w.Bob, w.Anne, "SAME")
	w.Twins.Verdict = "DIFFERENT"
	refusedVerdict(b, w.Twins, first, second)
	first.Verdict = "DIFFERENT"
	b.put(first) // nothing else says that they are the same
	w.Twins.Verdict = "SAME"
	refusedVerdict(b, w.Twins, first, second)
	first.Verdict = "SAME"
	b.put(first, w.Twins)
	first.Verdict = "DIFFERENT"
	refusedVerdict(b, first, second, w.Twins)
	first.Verdict = "UNSURE"
	b.put(first)
}

func unsureNever(b *bed) {
	w := Seed(b, b.store)
	b.judge(w.Ann, w.Bob, "SAME")
	b.judge(w.Ann, w.Bob, "UNSURE")
	b.judge(w.Bob, w.Anne, "UNSURE")
	b.judge(w.Bob, w.Anne, "DIFFERENT")
	b.judge(w.Ann, w.Anne, "UNSURE")
}
