package findings

import "chancery/diplomacy"

// lifetime returns when a state, body or office existed.
func (b *batch) lifetime(id diplomacy.ID) (diplomacy.Lifetime, bool) {
	switch e := b.records[id].(type) {
	case *diplomacy.State:
		return e.Lifetime, true
	case *diplomacy.Organization:
		return e.Lifetime, true
	case *diplomacy.Council:
		return e.Lifetime, true
	case *diplomacy.Office:
		return e.Lifetime, true
	}
	return diplomacy.Lifetime{}, false
}

// afterDissolution compares lasting statements with the ends of what they link.
func afterDissolution(n *neighbourhood, f *fact) []doubt {
	if !diplomacy.RuleOf(f.Predicate).Lasting {
		return nil
	}
	var doubts []doubt
	for _, id := range []diplomacy.ID{f.subject, f.object} {
		if life, ok := n.lifetime(id); ok && lastsAfter(f.Valid, life.Dissolved) {
			doubts = append(doubts, doubtOf(ids(f.id, id), "%s lasts %s, but %s was dissolved %s.", n.say(f), f.Valid, n.name(id), life.Dissolved))
		}
	}
	return doubts
}

// beforeFounding compares lasting statements with the beginnings of what they link.
func beforeFounding(n *neighbourhood, f *fact) []doubt {
	if !diplomacy.RuleOf(f.Predicate).Lasting {
		return nil
	}
	var doubts []doubt
	for _, id := range []diplomacy.ID{f.subject, f.object} {
		if life, ok := n.lifetime(id); ok && beginsBefore(f.Valid, life.Founded) {
			doubts = append(doubts, doubtOf(ids(f.id, id), "%s begins %s, but %s was founded %s.", n.say(f), f.Valid, n.name(id), life.Founded))
		}
	}
	return doubts
}

// say names a statement in messages.
func (b *batch) say(f *fact) string {
	return b.name(f.subject) + " " + diplomacy.RuleOf(f.Predicate).Name + " " + b.name(f.object)
}

// certain reports whether two times are given and not qualified.
func certain(a, b diplomacy.Time) bool {
	return !a.IsZero() && !b.IsZero() && !a.Span().Qualified && !b.Span().Qualified
}

// begunAfter reports whether a time certainly began after another ended.
func begunAfter(a, b diplomacy.Time) bool {
	return certain(a, b) && a.Span().StartMin >= b.Span().EndMax
}

// endedBefore reports whether a time certainly ended before another began.
func endedBefore(a, b diplomacy.Time) bool {
	return certain(a, b) && a.Span().EndMax <= b.Span().StartMin
}

// lastsAfter reports whether an interval certainly ends after the end of a time, by
// more than a day: many sources let a thing end on the day on which the next begins.
func lastsAfter(a, end diplomacy.Time) bool {
	return certain(a, end) && end.Span().EndMax < diplomacy.Future && a.Span().EndMin > end.Span().EndMax+day
}

// beginsBefore reports whether an interval certainly begins before a time does, by more
// than a day. An open start is not a beginning.
func beginsBefore(a, start diplomacy.Time) bool {
	s := a.Span()
	return certain(a, start) && start.Span().StartMin > diplomacy.Past && s.StartMax > diplomacy.Past && s.StartMax < start.Span().StartMin-day
}

// overlap reports whether two times certainly have more than a day in common.
func overlap(a, b diplomacy.Time) bool {
	s, t := a.Span(), b.Span()
	from, to := max(s.StartMax, t.StartMax), min(s.EndMin, t.EndMin)
	return certain(a, b) && from < to && (from == diplomacy.Past || to == diplomacy.Future || to-from > day)
}
