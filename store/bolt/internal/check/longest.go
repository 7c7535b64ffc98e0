package check

import (
	"chancery/store/bolt/internal/layout"
	"chancery/store/bolt/internal/overlay"
)

// checkLongest checks that no span, of a past state neither, is longer than the longest that
// is recorded, which may itself be of an entry that was overwritten in its transaction; and
// the same of those that are not restricted.
func (c *checker) checkLongest() error {
	recorded := c.recordedLongest()
	longest, err := c.longest(recorded)
	if err != nil {
		return err
	}
	for key, length := range longest {
		if most, found := recorded[key]; !found {
			c.report("counter %x is missing, there is a span of %d", key.Bytes(), length)
		} else if most < length {
			c.report("counter %x says that no span is longer than %d, one is of %d", key.Bytes(), most, length)
		}
	}
	return nil
}

// recordedLongest returns the lengths that are recorded.
func (c *checker) recordedLongest() map[layout.CounterKey]uint64 {
	recorded := map[layout.CounterKey]uint64{}
	cursor := c.Bucket(layout.Counters).Cursor()
	for k, v := cursor.First(); k != nil; k, v = cursor.Next() {
		if !layout.IsLongestKey(k) {
			continue
		}
		length, err := layout.DecodeLength(k, v)
		if err != nil {
			c.report("counter %x: %v", k, err)
		}
		recorded[layout.NewCounterKey(k)] = length
	}
	return recorded
}

// longest returns the lengths of the longest spans that there are; of what is not restricted,
// where that is recorded.
func (c *checker) longest(recorded map[layout.CounterKey]uint64) (map[layout.CounterKey]uint64, error) {
	longest := map[layout.CounterKey]uint64{}
	hiding := overlay.View{Reader: *c.Reader, Hides: true}
	for _, t := range []layout.Table{layout.Links, layout.Lists, layout.Links.Closed(), layout.Lists.Closed()} {
		table, cursor := t%layout.TableCount, c.Bucket(t).Cursor()
		for k, v := cursor.First(); k != nil; k, v = cursor.Next() {
			if err := c.step(); err != nil {
				return nil, err
			}
			key, length, measured := layout.LengthOf(table, k, v[8:])
			if !measured {
				continue
			}
			longest[key] = max(length, longest[key])
			shown := layout.NewCounterKey(layout.LongestShownKey(key.Bytes()[1:]))
			if _, found := recorded[shown]; !found || length <= longest[shown] {
				continue
			}
			if hidden, err := hiding.HiddenNow(layout.MeasuredVia(table, k)); err != nil {
				return nil, err
			} else if !hidden {
				longest[shown] = length
			}
		}
	}
	return longest, nil
}
