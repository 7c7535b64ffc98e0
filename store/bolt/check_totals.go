package bolt

import (
	"chancery/diplomacy"
)

// checkTransactions looks at the chain of transactions.
func (c *checker) checkTransactions() error {
	s, err := readState(c.bucket(meta))
	if err != nil {
		return err
	}
	c.stamp = s.stamp
	var last diplomacy.Transaction
	cursor := c.bucket(transactions).Cursor()
	for k, _ := cursor.First(); k != nil; k, _ = cursor.Next() {
		if err := c.step(); err != nil {
			return err
		}
		n := number[diplomacy.TxNumber](k)
		if n != last.Number+1 {
			c.find("transaction %d follows %d", n, last.Number)
		}
		t := diplomacy.Transaction{Number: n}
		if err := decodeSealed(c.bucket(transactions).Get(k), &t); err != nil {
			c.find("transaction %d: %v", n, err)
		} else if n > 1 && !t.Time.After(last.Time) {
			c.find("transaction %d is not later than the one before", n)
		}
		last = t
	}
	if last.Number != s.last || !last.Time.Equal(s.time) {
		c.find("the head says that transaction %d of %s is the last; it is %d of %s", s.last, s.time, last.Number, last.Time)
	}
	return nil
}

// checkCounters counts again.
func (c *checker) checkCounters() error {
	counted := map[counterKey]int{}
	for _, t := range []table{links, lists, restricted} {
		cursor := c.current(t).Cursor()
		for k, _ := cursor.First(); k != nil; k, _ = cursor.Next() {
			if err := c.step(); err != nil {
				return err
			}
			if key, ok := counterOf(t, k); ok {
				counted[key]++
			}
		}
	}
	cursor := c.bucket(counters).Cursor()
	for k, v := cursor.First(); k != nil; k, v = cursor.Next() {
		c.checkWay(counters, k, v)
		key := newCounterKey(k)
		if n := number[uint64](v); n != uint64(counted[key]) {
			c.find("counter %x says %d, there are %d", k, n, counted[key])
		}
		delete(counted, key)
	}
	for key, n := range counted {
		c.find("counter %x is missing, there are %d", key.key[:key.size], n)
	}
	return nil
}
