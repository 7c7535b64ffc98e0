package findings

import (
	"slices"

	"chancery/diplomacy"
)

func heldInFuture(n *neighbourhood) []doubt {
	e := n.entity.(*diplomacy.Event)
	recorded, known := n.times[e.From]
	if e.Status != "HELD" || !known || e.Date.IsZero() || e.Date.Span().StartMin < instant(recorded) {
		return nil
	}
	return []doubt{doubtOf(ids(n.id), "%s is dated %s, and was recorded as held on %s.", n.name(n.id), e.Date, diplomacy.DayOf(recorded))}
}

func participantTwice(n *neighbourhood) []doubt {
	type part struct {
		who, side diplomacy.ID
		role      diplomacy.Term
	}
	first := map[part]*fact{}
	var doubts []doubt
	for _, f := range n.facts {
		if f.Predicate != diplomacy.ParticipatedIn || f.Rank == "DEPRECATED" {
			continue
		}
		p := part{f.subject, n.canonical(f.OnBehalfOf), f.Role}
		if first[p] != nil {
			doubts = append(doubts, doubtOf(ids(f.id, first[p].id), "%s took part in %s twice as %s.", n.name(f.subject), n.name(n.id), f.Role))
			continue
		}
		first[p] = f
	}
	return doubts
}

// happened returns when the event or agreement of a participation was; false if it was
// called off.
func (n *neighbourhood) happened(f *fact) (diplomacy.Time, bool) {
	e, ok := n.entity.(*diplomacy.Event)
	if ok && (e.Status == "CANCELLED" || e.Status == "POSTPONED") {
		return diplomacy.Time{}, false
	}
	at := f.Dated(n.entity, n.entity) // of the object, where it has none of its own
	return at, !at.IsZero() && !at.Span().Qualified
}

func participantNotAlive(n *neighbourhood, f *fact) []doubt {
	p, ok := n.records[f.subject].(*diplomacy.Person)
	at, happened := n.happened(f)
	if !ok || !happened {
		return nil
	}
	switch {
	case begunAfter(at, p.Died):
		return []doubt{doubtOf(ids(f.id, p.ID), "%s took part in %s (%s), but died %s.", n.name(p.ID), n.name(n.id), at, p.Died)}
	case endedBefore(at, p.Born):
		return []doubt{doubtOf(ids(f.id, p.ID), "%s took part in %s (%s), but was born %s.", n.name(p.ID), n.name(n.id), at, p.Born)}
	}
	return nil
}

func participantNotExisting(n *neighbourhood, f *fact) []doubt {
	at, happened := n.happened(f)
	if !happened {
		return nil
	}
	var doubts []doubt
	for _, id := range []diplomacy.ID{f.subject, n.canonical(f.OnBehalfOf)} {
		switch life, ok := n.lifetime(id); {
		case !ok:
		case begunAfter(at, life.Dissolved):
			doubts = append(doubts, doubtOf(ids(f.id, id), "%s took part in %s (%s), but was dissolved %s.", n.name(id), n.name(n.id), at, life.Dissolved))
		case endedBefore(at, life.Founded):
			doubts = append(doubts, doubtOf(ids(f.id, id), "%s took part in %s (%s), but was founded %s.", n.name(id), n.name(n.id), at, life.Founded))
		}
	}
	return doubts
}

func sameMeeting(n *neighbourhood) []doubt {
	var doubts []doubt
	twins := slices.Clone(n.twins[n.id])
	slices.Sort(twins)
	for _, twin := range twins {
		other, ok := n.records[twin].(*diplomacy.Event)
		a, b := n.sides[n.id], n.sides[twin]
		common := intersection(a, b)
		if !ok || len(common) < 2 || len(common) != min(len(a), len(b)) || n.judged[pairOf(n.id, twin)] {
			continue
		}
		e := n.entity.(*diplomacy.Event)
		newer, older := max(n.id, twin), min(n.id, twin)
		d := doubtOf(ids(newer, older), "%s and %s may be one event: both are of the kind %s, on %s and %s, between %s and %s.",
			n.name(newer), n.name(older), e.Type, e.Date, other.Date, n.name(common[0]), n.name(common[1]))
		doubts = append(doubts, d.ownedBy(newer))
	}
	return doubts
}

// intersection returns the ids in both of two sorted lists.
func intersection(a, b []diplomacy.ID) []diplomacy.ID {
	var both []diplomacy.ID
	for _, id := range a {
		if _, found := slices.BinarySearch(b, id); found {
			both = append(both, id)
		}
	}
	return both
}
