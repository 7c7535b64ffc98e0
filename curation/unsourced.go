package curation

import (
	"context"

	"chancery/diplomacy"
	"chancery/store"
)

// Place is how far a search through the transactions has come: all after Transaction
// are seen, and of that one so many changes. The zero Place is the beginning.
type Place struct {
	Transaction diplomacy.TxNumber
	Change      int
}

// UnsourcedStatement is a current statement without evidence, and the transaction that
// made it, or withdrew its last evidence.
type UnsourcedStatement struct {
	Statement   *diplomacy.Statement
	Transaction diplomacy.TxNumber
}

// UnsourcedPage is a part of the unsourced statements.
type UnsourcedPage struct {
	Statements []UnsourcedStatement
	// Next is where to go on, if More: there may be more, or there may not.
	Next Place
	More bool
}

// MaxScanned is how many transactions, and how many changes, one call of
// UnsourcedStatements looks at.
const MaxScanned = 10_000

// UnsourcedStatements finds the current statements without evidence, those of the
// newest transactions first, at most limit. It walks the transactions that say of
// themselves that they left such statements, and stops after MaxScanned: so a page may
// be short, or even empty, while there are More. A statement whose last evidence was
// withdrawn more than once may show on more than one page. What came into the graph
// otherwise than by a commit, as by import, is not looked at.
func UnsourcedStatements(ctx context.Context, r store.Reader, after Place, limit int) (UnsourcedPage, error) {
	s := &scan{ctx: ctx, r: r, limit: limit, at: after, left: MaxScanned, seen: map[diplomacy.ID]bool{}}
	if after.Transaction == 0 || after.Transaction > r.Revision() {
		s.at = Place{Transaction: r.Revision()}
	}
	for transactions := 0; s.at.Transaction > 0; {
		if transactions >= MaxScanned || s.full() {
			return s.page(true), nil
		}
		n, err := s.transactions()
		if err != nil {
			return UnsourcedPage{}, err
		}
		transactions += n
	}
	return s.page(false), nil
}

// scan is one call of UnsourcedStatements.
type scan struct {
	ctx   context.Context
	r     store.Reader
	limit int
	at    Place
	left  int // changes that may still be looked at
	found []UnsourcedStatement
	seen  map[diplomacy.ID]bool
}

func (s *scan) full() bool { return len(s.found) >= s.limit || s.left <= 0 }

func (s *scan) page(more bool) UnsourcedPage { return UnsourcedPage{s.found, s.at, more} }

// transactions looks at a stretch of them, the newest first, and says how many those
// were.
func (s *scan) transactions() (int, error) {
	const stretch = 500
	var numbers []diplomacy.TxNumber
	for n := s.at.Transaction; n > 0 && len(numbers) < stretch; n-- {
		numbers = append(numbers, n)
	}
	transactions, err := s.r.Transactions(s.ctx, numbers)
	if err != nil {
		return 0, err
	}
	for _, t := range transactions {
		if t != nil && t.Unsourced {
			if done, err := s.changes(); err != nil || !done {
				return len(numbers), err
			}
		}
		s.at = Place{Transaction: s.at.Transaction - 1}
	}
	return len(numbers), nil
}

// changes looks at those of one transaction, as far as there is room; done if it saw
// them all.
func (s *scan) changes() (done bool, err error) {
	const some = 100
	for !s.full() {
		changes, err := s.r.Changes(s.ctx, s.at.Transaction, s.at.Change, some)
		if err != nil || len(changes) == 0 {
			return true, err
		}
		about, err := s.about(changes)
		if err != nil {
			return false, err
		}
		if err := s.take(about); err != nil {
			return false, err
		}
	}
	return false, nil
}

// about are the statements that changes may have left without evidence: those that
// were made, and what evidence that was withdrawn was about; zero for others.
func (s *scan) about(changes []diplomacy.Change) ([]diplomacy.ID, error) {
	about, withdrawn := make([]diplomacy.ID, len(changes)), make([]diplomacy.ID, len(changes))
	for i, c := range changes {
		switch {
		case c.Action == "CREATED" && c.Record.Kind().IsStatement():
			about[i] = c.Record
		case c.Action == "CLOSED" && c.Record.Kind() == diplomacy.KindEvidence:
			withdrawn[i] = c.Record
		}
	}
	versions, err := s.r.Versions(s.ctx, withdrawn, 0, 1)
	if err != nil {
		return nil, err
	}
	for i, version := range versions {
		if len(version) == 0 {
			continue
		}
		if e := version[0].(*diplomacy.Evidence); e.About.Kind().IsStatement() {
			about[i] = e.About
		}
	}
	return about, nil
}

// take takes those without evidence until there is no more room, and notes how far it
// came.
func (s *scan) take(about []diplomacy.ID) error {
	records, err := s.r.Records(s.ctx, about)
	if err != nil {
		return err
	}
	bare, err := unsourced(s.ctx, s.r, about)
	if err != nil {
		return err
	}
	for i, id := range about {
		if s.full() {
			return nil
		}
		s.at.Change++
		s.left--
		statement, ok := records[i].(*diplomacy.Statement)
		if ok && bare[id] && !s.seen[statement.ID] {
			s.seen[statement.ID] = true
			s.found = append(s.found, UnsourcedStatement{statement, s.at.Transaction})
		}
	}
	return nil
}
