package findings

import (
	"cmp"
	"slices"

	"chancery/diplomacy"
)

const (
	day  = diplomacy.Instant(24 * 60 * 60)
	year = 366 * day
)

// dated is an entity with the window in which others are looked for.
type dated struct {
	id     diplomacy.ID
	window diplomacy.Window
}

// span is some entities whose windows lie in one of about a year.
type span struct {
	ids    []diplomacy.ID
	window diplomacy.Window
}

// byYear groups entities whose windows are near to each other. So what was dated in
// those windows is read with a call for each year, and a hub's other years are not.
func byYear(all []dated) []span {
	slices.SortFunc(all, func(a, b dated) int {
		return cmp.Or(cmp.Compare(a.window.From, b.window.From), cmp.Compare(a.id, b.id))
	})
	var spans []span
	for _, d := range all {
		last := len(spans) - 1
		if last < 0 || d.window.From-spans[last].window.From > year {
			spans = append(spans, span{window: d.window})
			last++
		}
		spans[last].ids = append(spans[last].ids, d.id)
		spans[last].window.To = max(spans[last].window.To, d.window.To)
	}
	return spans
}
