package check

import "chancery/store/bolt/internal/layout"

// checkLongest checks that no span, of a past state neither, is longer than the longest that
// is recorded, which may itself be of an entry that was overwritten in its transaction.
func (c *checker) checkLongest() error {
	longest := map[layout.CounterKey]uint64{}
	for _, t := range []layout.Table{layout.Links, layout.Lists, layout.Links.Closed(), layout.Lists.Closed()} {
		cursor := c.Bucket(t).Cursor()
		for k, v := cursor.First(); k != nil; k, v = cursor.Next() {
			if err := c.step(); err != nil {
				return err
			}
			if key, length, measured := layout.LengthOf(t%layout.TableCount, k, v[8:]); measured {
				longest[key] = max(length, longest[key])
			}
		}
	}
	cursor := c.Bucket(layout.Counters).Cursor()
	for k, v := cursor.First(); k != nil; k, v = cursor.Next() {
		if !layout.IsLongestKey(k) {
			continue
		}
		key := layout.NewCounterKey(k)
		length, err := layout.DecodeLength(k, v)
		switch want := longest[key]; {
		case err != nil:
			c.report("counter %x: %v", k, err)
		case length < want:
			c.report("counter %x says that no span is longer than %d, one is of %d", k, length, want)
		}
		delete(longest, key)
	}
	for key, length := range longest {
		c.report("counter %x is missing, there is a span of %d", key.Bytes(), length)
	}
	return nil
}
