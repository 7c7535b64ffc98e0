package restriction_test

import (
	"fmt"

	"chancery/diplomacy"
	"chancery/graph/graphtest"
)

var randomDates = []string{"", "", "2018", "2019-05", "2018?/2020", "../2019", "2018-06/..", "2020-02-06"}

func isEntity(id diplomacy.ID) bool    { return id.Kind().IsEntity() }
func isStatement(id diplomacy.ID) bool { return id.Kind().IsStatement() }
func isSource(id diplomacy.ID) bool    { return id.Kind() == diplomacy.KindSource }
func isEvidence(id diplomacy.ID) bool  { return id.Kind() == diplomacy.KindEvidence }
func isSubject(id diplomacy.ID) bool   { return isEntity(id) || isStatement(id) }
func isAny(diplomacy.ID) bool          { return true }

// pick returns one of some ids; zero if there are none, with which the write is refused.
func (w *twins) pick(ids []diplomacy.ID) diplomacy.ID {
	if len(ids) == 0 {
		return 0
	}
	return ids[w.IntN(len(ids))]
}

func (w *twins) term(terms []diplomacy.Term) diplomacy.Term { return terms[w.IntN(len(terms))] }

func (w *twins) date() diplomacy.Time {
	return diplomacy.MustParseTime(randomDates[w.IntN(len(randomDates))])
}

// publicNow and secretNow return the ids of current records.
func (w *twins) publicNow(p *graphtest.Putter, is func(diplomacy.ID) bool) []diplomacy.ID {
	return w.current(p, w.public, is)
}

func (w *twins) secretNow(p *graphtest.Putter, is func(diplomacy.ID) bool) []diplomacy.ID {
	return w.current(p, w.secret, is)
}

func (w *twins) current(p *graphtest.Putter, of []diplomacy.ID, is func(diplomacy.ID) bool) (ids []diplomacy.ID) {
	records, err := p.Writer.Records(p.Ctx, of)
	if err != nil {
		w.t.Fatal(err)
	}
	for i, r := range records {
		if r != nil && is(of[i]) {
			ids = append(ids, of[i])
		}
	}
	return ids
}

// ofKinds returns a test for kinds.
func ofKinds(kinds ...diplomacy.Kind) func(diplomacy.ID) bool {
	return func(id diplomacy.ID) bool {
		for _, kind := range kinds {
			if id.Kind() == kind {
				return true
			}
		}
		return false
	}
}

// copyOf returns the current version of a record to be changed; nil if it has none.
func (w *twins) copyOf(p *graphtest.Putter, id diplomacy.ID) diplomacy.Record {
	records, err := p.Writer.Records(p.Ctx, []diplomacy.ID{id})
	if err != nil {
		w.t.Fatal(err)
	}
	if records[0] == nil {
		return nil
	}
	next := diplomacy.CopyOf(records[0])
	next.Header().ID = id
	return next
}

// changePublic draws a change of what is public.
func (w *twins) changePublic(p *graphtest.Putter) {
	switch w.IntN(14) {
	case 0:
		w.newEntity(p, diplomacy.EntityKinds[w.IntN(len(diplomacy.EntityKinds))])
	case 1, 2, 3:
		w.newStatement(p)
	case 4, 5:
		p.Record(w.evidence(w.pick(w.publicNow(p, isSubject)), w.pick(w.publicNow(p, isSource))))
	case 6:
		p.Record(w.judgement(p, w.publicNow(p, isEntity)))
	case 7:
		w.changeEntity(p)
	case 8:
		w.changeStatement(p, w.pick(w.publicNow(p, isStatement)))
	case 9:
		w.moveEvidence(p, w.publicNow(p, isEvidence), w.publicNow(p, isSource))
	case 10:
		p.Err = p.Writer.Retract(p.Ctx, w.pick(w.publicNow(p, isAny)))
	case 11:
		p.Err = p.Writer.Restore(p.Ctx, diplomacy.TxNumber(1+w.IntN(int(w.last))), w.pick(w.public))
	case 12, 13:
		p.Err = p.Writer.Retract(p.Ctx, w.pick(w.publicNow(p, isStatement)))
	}
}

func (w *twins) newEntity(p *graphtest.Putter, kind diplomacy.Kind) {
	w.made++
	entity := newEntity(kind, fmt.Sprint("new-", w.made))
	entity.Base().Names[0].Value = []string{"Ann", "Bob", "Zoe"}[w.IntN(3)]
	p.Record(entity)
}

func (w *twins) changeEntity(p *graphtest.Putter) {
	entity, ok := w.copyOf(p, w.pick(w.publicNow(p, isEntity))).(diplomacy.Entity)
	if !ok {
		return
	}
	entity.Base().Description = fmt.Sprint("description ", w.IntN(9))
	switch entity := entity.(type) {
	case *diplomacy.Event:
		entity.Date = w.date()
	case *diplomacy.Person:
		entity.Born = w.date()
	case *diplomacy.Source:
		entity.Published = w.date()
	}
	p.Record(entity)
}

func (w *twins) newStatement(p *graphtest.Putter) { p.Record(w.statement(p)) }

// statement draws a statement between public entities.
func (w *twins) statement(p *graphtest.Putter) *diplomacy.Statement {
	rule := diplomacy.Vocabulary[w.IntN(len(diplomacy.Vocabulary))]
	s := &diplomacy.Statement{Predicate: rule.Predicate, Subject: w.pick(w.publicNow(p, ofKinds(rule.Subjects...))), Rank: w.term([]diplomacy.Term{"", "", "PREFERRED", "DEPRECATED"})}
	objects := rule.Objects
	if rule.SameKind {
		objects = []diplomacy.Kind{s.Subject.Kind()}
	}
	s.Object = w.pick(w.publicNow(p, ofKinds(objects...)))
	if rule.Fields&diplomacy.FieldOnBehalfOf != 0 && w.IntN(2) == 0 {
		s.OnBehalfOf = w.pick(w.publicNow(p, ofKinds(diplomacy.KindState, diplomacy.KindOrganization)))
	}
	if rule.Fields&diplomacy.FieldInCapacityOf != 0 && w.IntN(2) == 0 {
		s.InCapacityOf = w.pick(w.publicNow(p, ofKinds(diplomacy.KindOffice)))
	}
	if rule.DatedBy == diplomacy.ByValid {
		s.Valid = w.date()
	}
	return s
}

func (w *twins) changeStatement(p *graphtest.Putter, id diplomacy.ID) {
	s, ok := w.copyOf(p, id).(*diplomacy.Statement)
	if !ok {
		return
	}
	s.Rank = w.term([]diplomacy.Term{"NORMAL", "PREFERRED", "DEPRECATED"})
	if diplomacy.RuleOf(s.Predicate).DatedBy == diplomacy.ByValid {
		s.Valid = w.date()
	}
	p.Record(s)
}

func (w *twins) evidence(about, source diplomacy.ID) *diplomacy.Evidence {
	e := &diplomacy.Evidence{About: about, Source: source, Part: "VALUE", Asserted: fmt.Sprint("asserted ", w.IntN(5))}
	if w.IntN(2) == 0 {
		e.Stance = "CONTRADICTS"
	}
	return e
}

// moveEvidence changes the source of evidence.
func (w *twins) moveEvidence(p *graphtest.Putter, evidence, sources []diplomacy.ID) {
	e, ok := w.copyOf(p, w.pick(evidence)).(*diplomacy.Evidence)
	if !ok {
		return
	}
	e.Source, e.Confirmed = w.pick(sources), diplomacy.TxNumber(w.IntN(2))
	p.Record(e)
}

// judgement draws a verdict on two of some entities, which have the same kind.
func (w *twins) judgement(p *graphtest.Putter, of []diplomacy.ID) *diplomacy.Judgement {
	a := w.pick(of)
	var others []diplomacy.ID
	for _, id := range of {
		if id.Kind() == a.Kind() && id != a {
			others = append(others, id)
		}
	}
	b := w.pick(others)
	return &diplomacy.Judgement{A: min(a, b), B: max(a, b), Verdict: w.term([]diplomacy.Term{"SAME", "SAME", "DIFFERENT", "UNSURE"}), Reasons: []string{"reason"}}
}
