package restriction_test

import (
	"fmt"
	"slices"

	"chancery/diplomacy"
	"chancery/graph/graphtest"
)

// secretSource writes a source that is restricted, or will be before the graph is read.
func (w *twins) secretSource(p *graphtest.Putter, slug string) diplomacy.ID {
	source := newEntity(diplomacy.KindSource, slug).(*diplomacy.Source)
	source.Restricted = w.IntN(2) == 0
	return p.Record(source)
}

// changeSecrets draws a change that readers must not notice.
func (w *twins) changeSecrets(p *graphtest.Putter) {
	sources := w.secretNow(p, isSource)
	switch w.IntN(14) {
	case 0:
		w.secretSource(p, fmt.Sprint(canary, "-new-", w.last))
	case 1, 2:
		s := w.statement(p)
		s.Restricted = true
		p.Record(s)
	case 3:
		w.echo(p)
	case 4, 5:
		p.Record(w.evidence(w.pick(w.publicNow(p, isSubject)), w.pick(sources)))
	case 6:
		p.Record(w.evidence(w.pick(w.secretNow(p, isSubject)), w.pick(w.publicNow(p, isSource))))
	case 7:
		of := append(w.publicNow(p, isSource), sources...)
		j := w.judgement(p, of)
		if secret := w.pick(sources); !slices.Contains(w.secret, j.A) && !slices.Contains(w.secret, j.B) {
			j.A, j.B = min(j.A, secret), max(j.A, secret)
		}
		p.Record(j)
	case 8:
		p.Record(&diplomacy.Statement{Predicate: diplomacy.Discussed, Subject: w.pick(w.publicNow(p, ofKinds(diplomacy.KindEvent))), Object: w.pick(sources)})
	case 9:
		w.toggle(p)
	case 10:
		w.moveEvidence(p, w.secretNow(p, isEvidence), sources)
	case 11:
		w.withdraw(p)
	case 12, 13:
		p.Record(w.evidence(w.pick(w.publicNow(p, isStatement)), w.pick(sources)))
	}
}

// echo writes a restricted statement that says what a public one says.
func (w *twins) echo(p *graphtest.Putter) {
	if s, ok := w.copyOf(p, w.pick(w.publicNow(p, isStatement))).(*diplomacy.Statement); ok {
		s.Head, s.Restricted = diplomacy.Head{}, true
		p.Record(s)
	}
}

// toggle restricts or releases a secret.
func (w *twins) toggle(p *graphtest.Putter) {
	r := w.copyOf(p, w.pick(w.secretNow(p, isSubject)))
	if mark := diplomacy.Restriction(r); mark != nil {
		*mark = !*mark
		p.Record(r)
	}
}

// withdraw closes a secret, or restores it.
func (w *twins) withdraw(p *graphtest.Putter) {
	id := w.pick(w.secret)
	if w.IntN(3) == 0 { // which closes what was not there then
		p.Err = p.Writer.Restore(p.Ctx, diplomacy.TxNumber(1+w.IntN(int(w.last))), id)
	} else {
		p.Err = p.Writer.Retract(p.Ctx, id)
	}
}

// restrictAll restricts each secret that is not, also those that were withdrawn.
func (w *twins) restrictAll() {
	for _, id := range w.secret {
		w.beside(func(p *graphtest.Putter) {
			r := w.copyOf(p, id)
			if r == nil && (isStatement(id) || isSource(id)) {
				p.Err = p.Writer.Restrict(p.Ctx, id)
			}
			if mark := diplomacy.Restriction(r); mark != nil && !w.rests(r) {
				*mark = true
				p.Record(r)
			}
		})
	}
}

// rests reports whether a statement is secret because of an end, which restricts it.
func (w *twins) rests(r diplomacy.Record) bool {
	s, ok := r.(*diplomacy.Statement)
	return ok && (slices.Contains(w.secret, s.Subject) || slices.Contains(w.secret, s.Object))
}
