package check

import (
	"chancery/diplomacy"
	"chancery/store/bolt/internal/layout"
)

// checkTransactions checks the sequence of transactions.
func (c *checker) checkTransactions() error {
	s, err := c.State()
	if err != nil {
		return err
	}
	c.stamp = s.Stamp
	var last diplomacy.Transaction
	cursor := c.Bucket(layout.Transactions).Cursor()
	for k, _ := cursor.First(); k != nil; k, _ = cursor.Next() {
		if err := c.step(); err != nil {
			return err
		}
		n := layout.TxNumber(k)
		if n != last.Number+1 {
			c.report("transaction %d follows %d", n, last.Number)
		}
		t := diplomacy.Transaction{Number: n}
		if err := layout.Decode(c.Bucket(layout.Transactions).Get(k), &t); err != nil {
			c.report("transaction %d: %v", n, err)
		} else if n > 1 && !t.Time.After(last.Time) {
			c.report("transaction %d is not later than the one before", n)
		}
		last = t
	}
	if last.Number != s.Last || !last.Time.Equal(s.Time) {
		c.report("the state says that transaction %d of %s is the last; it is %d of %s", s.Last, s.Time, last.Number, last.Time)
	}
	return nil
}

// checkCounters counts the entries again.
func (c *checker) checkCounters() error {
	counted, deprecated := map[layout.CounterKey]int{}, c.CountsDeprecated()
	for _, t := range []layout.Table{layout.Links, layout.Lists, layout.Restricted} {
		cursor := c.Current(t).Cursor()
		for k, v := cursor.First(); k != nil; k, v = cursor.Next() {
			if err := c.step(); err != nil {
				return err
			}
			if key, ok := layout.CounterOf(t, k); ok {
				counted[key]++
			}
			if key, ok := layout.DeprecatedCounterOf(t, k, v[8:]); ok && deprecated {
				counted[key]++
			}
		}
	}
	cursor := c.Bucket(layout.Counters).Cursor()
	for k, v := cursor.First(); k != nil; k, v = cursor.Next() {
		c.checkLookup(layout.Counters, k, v)
		if layout.IsLongestKey(k) {
			continue // see checkLongest
		}
		if k[0] == layout.DeprecatedLink && len(k) > layout.ArcSize && !deprecated {
			continue // of an earlier state; counted again when the file is opened for writing
		}
		key := layout.NewCounterKey(k)
		if n := layout.Uint64(v); n != uint64(counted[key]) {
			c.report("counter %x says %d, there are %d", k, n, counted[key])
		}
		delete(counted, key)
	}
	for key, n := range counted {
		c.report("counter %x is missing, there are %d", key.Bytes(), n)
	}
	return nil
}
