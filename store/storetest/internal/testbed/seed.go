package testbed

import (
	"testing"

	"chancery/diplomacy"
	"chancery/store"
)

// World is a small invented graph with a record of every kind of entity, a
// statement of most shapes, evidence and a judgement. The records have their
// ids; they are copies that may be changed and put again.
type World struct {
	Avalon, Borduria *diplomacy.State
	League, Ministry *diplomacy.Organization
	Assembly         *diplomacy.Council
	Minister         *diplomacy.Office
	Ann, Bob, Anne   *diplomacy.Person // Anne is perhaps Ann
	Summit, Talks    *diplomacy.Event  // the talks were on the margins of the summit
	Treaty           *diplomacy.Agreement
	Trade            *diplomacy.Observation
	Water            *diplomacy.Topic
	Harbour          *diplomacy.Place
	Article          *diplomacy.Source

	Tenure, AnnAtSummit, AnnAtTalks, BobAtTalks *diplomacy.Statement
	Relations, Margins, Session, Signature      *diplomacy.Statement
	Membership, Reporter                        *diplomacy.Statement
	OfTenure, OfTalks                           *diplomacy.Evidence // attributed to the ministry; about the event
	Twins                                       *diplomacy.Judgement
}

// Seed writes a World as one transaction.
func Seed(t testing.TB, s store.Store) *World {
	t.Helper()
	var world *World
	_, err := s.Write(t.Context(), store.Commit{Author: "seed", Message: "a small world"}, func(w store.Writer) error {
		world = newWorld()
		if err := putCopies(w, world.Entities()); err != nil {
			return err
		}
		world.state()
		if err := putCopies(w, world.Statements()); err != nil {
			return err
		}
		world.prove()
		return putCopies(w, []diplomacy.Record{world.OfTenure, world.OfTalks, world.Twins})
	})
	Must(t, err, "seed")
	return world
}

func putCopies(w store.Writer, records []diplomacy.Record) error {
	copies := Clones(records)
	err := w.Put(Background, copies...)
	for i, r := range copies {
		records[i].Header().ID = r.Header().ID
	}
	return err
}

// Records are all of the world, in the order they were put.
func (w *World) Records() []diplomacy.Record {
	return append(append(w.Entities(), w.Statements()...), w.OfTenure, w.OfTalks, w.Twins)
}

// Entities are in the order they were put.
func (w *World) Entities() []diplomacy.Record {
	return []diplomacy.Record{
		w.Avalon, w.Borduria, w.League, w.Ministry, w.Assembly, w.Minister, w.Ann, w.Bob, w.Anne,
		w.Summit, w.Talks, w.Treaty, w.Trade, w.Water, w.Harbour, w.Article,
	}
}

// Statements are in the order they were put.
func (w *World) Statements() []diplomacy.Record {
	return []diplomacy.Record{
		w.Tenure, w.AnnAtSummit, w.AnnAtTalks, w.BobAtTalks, w.Relations, w.Margins, w.Session,
		w.Signature, w.Membership, w.Reporter,
	}
}
