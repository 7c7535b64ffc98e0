package query

import (
	"bytes"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/layout"
	"chancery/store/bolt/internal/overlay"
)

// gap is a range of starts, as they are in keys, in which nothing passes a filter: what
// ended before a time, given how long the longest of all lasts. What began at an unknown
// time lies below. A nil end is no gap.
type gap struct{ begin, end []byte }

// afterUnknown follows the start of what began at an unknown time.
var afterUnknown = layout.AppendUint64(nil, layout.StartKey(diplomacy.Past)+1)

func (g *gap) has(rest []byte) bool {
	return g.end != nil && bytes.Compare(rest, g.end) < 0 && bytes.Compare(rest, g.begin) >= 0
}

// leap moves a scan out of its gap, which seek has counted.
func (w *walk) leap(s *scan, back bool) {
	if s.Rest == nil || !s.gap.has(s.Rest) {
		return
	}
	if back {
		s.SeekBelow(s.gap.begin)
	} else {
		s.Seek(s.gap.end, false)
	}
}

// gapOf returns the gap of an arc or list of which a key of layout.LongestKey is made. What
// the view hides does not narrow it: its cost must not depend on that.
func gapOf(view *overlay.View, of []byte, tests []store.TimeTest, lasting bool) (g gap, err error) {
	floor, begin := diplomacy.Past, afterUnknown
	for _, t := range tests {
		from, known := t.Window.From, startsWithin(t)
		if !known {
			if from, err = earliestStart(view, of, t, lasting); err != nil {
				return g, err
			}
		}
		if from > diplomacy.Past && known {
			begin = nil
		}
		floor = max(floor, from)
	}
	if floor == diplomacy.Past {
		return g, nil
	}
	return gap{begin, layout.AppendUint64(nil, layout.StartKey(floor))}, nil
}

// startsWithin reports whether only what certainly begins in the window passes.
func startsWithin(t store.TimeTest) bool {
	return !t.Undated && t.Match == diplomacy.Certain && (t.Relation == store.Within || t.Relation == store.Starts)
}

// earliestStart returns the earliest known start of what passes a test: of what may not have
// ended before the window. Past if there is none.
func earliestStart(view *overlay.View, of []byte, t store.TimeTest, lasting bool) (diplomacy.Instant, error) {
	begun := t.Relation == store.Begun || t.Relation == store.AsOf && !lasting
	if begun || !t.HasWindow() || t.Window.From == diplomacy.Past {
		return diplomacy.Past, nil
	}
	lengthOf := view.Longest
	if view.Hides {
		lengthOf = view.LongestShown
	}
	longest, err := lengthOf(of)
	if err != nil || longest >= layout.StartKey(t.Window.From) {
		return diplomacy.Past, err
	}
	return t.Window.From - diplomacy.Instant(longest), nil
}
