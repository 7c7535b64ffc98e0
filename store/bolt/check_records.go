package bolt

import (
	"bytes"

	"chancery/diplomacy"
)

// checkRecords goes over every record that ever was.
func (c *checker) checkRecords() error {
	now := c.current(records).Cursor()
	for k, _ := now.First(); k != nil; k, _ = now.Next() {
		if err := c.checkRecord(recordOf(k)); err != nil {
			return err
		}
	}
	var last diplomacy.ID
	past := c.closed(records).Cursor()
	for k, _ := past.First(); k != nil; k, _ = past.Next() {
		id := recordOf(k)
		if id == last || c.current(records).Get(k[:8]) != nil {
			continue
		}
		last = id
		if err := c.checkRecord(id); err != nil {
			return err
		}
	}
	return nil
}

// checkRecord holds one record with all its versions against the rules, and the
// tables against it.
func (c *checker) checkRecord(id diplomacy.ID) error {
	if err := c.step(); err != nil {
		return err
	}
	versions, err := c.history(id)
	if err != nil {
		c.find("%v", err)
		return nil
	}
	if id.Stamp() > c.stamp {
		c.find("%s is later than the last id given", id)
	}
	sound := true
	for i, v := range versions {
		c.checkVersion(v)
		c.checkSuccession(versions, i)
		sound = c.checkReferences(v) && sound
	}
	c.events += len(versions) + closings(versions)
	if sound {
		c.checkHeld(timeline(versions, c.outgrowths))
	}
	return nil
}

// history is all versions of a record, the oldest first.
func (c *checker) history(id diplomacy.ID) ([]diplomacy.Record, error) {
	if versions, ok := c.lately[id]; ok {
		return versions, nil
	}
	key := recordKey(id)
	var versions []diplomacy.Record
	past := c.closed(records).Cursor()
	for k, v := past.Seek(key); bytes.HasPrefix(k, key); k, v = past.Next() {
		r, err := decodeRecord(id, v[8:], number[diplomacy.TxNumber](k[8:]), number[diplomacy.TxNumber](v))
		if err != nil {
			return nil, err
		}
		versions = append(versions, r)
	}
	if v := c.current(records).Get(key); v != nil {
		r, err := decodeRecord(id, v[8:], number[diplomacy.TxNumber](v), 0)
		if err != nil {
			return nil, err
		}
		versions = append(versions, r)
	}
	if id.Kind().IsEntity() {
		c.remember(id, versions)
	}
	return versions, nil
}

// remembered is how many histories are kept at hand.
const remembered = 4096

func (c *checker) remember(id diplomacy.ID, versions []diplomacy.Record) {
	if len(c.lately) == remembered {
		clear(c.lately)
	}
	c.lately[id] = versions
}

// checkVersion holds one version against the rules by itself.
func (c *checker) checkVersion(v diplomacy.Record) {
	h := v.Header()
	if err := v.Validate(); err != nil {
		c.find("%s since transaction %d is invalid: %v", h.ID, h.From, err)
	}
	if h.From == 0 || h.From > c.known || h.Until > c.known || h.Until != 0 && h.Until <= h.From {
		c.find("%s holds from transaction %d until %d, of %d", h.ID, h.From, h.Until, c.known)
	}
	var kept diplomacy.TxNumber
	switch v := v.(type) {
	case *diplomacy.Statement:
		kept = v.ValueSince
	case *diplomacy.Evidence:
		kept = v.Confirmed
	default:
		return
	}
	if kept == 0 || kept > h.From {
		c.find("%s since transaction %d was confirmed or changed in %d", h.ID, h.From, kept)
	}
}

// closings counts how often a record was retracted.
func closings(versions []diplomacy.Record) int {
	n := 0
	for i, v := range versions {
		until := v.Header().Until
		if until != 0 && (i+1 == len(versions) || versions[i+1].Header().From != until) {
			n++
		}
	}
	return n
}

// checkSuccession holds a version against the one before: between them the
// record may have been retracted.
func (c *checker) checkSuccession(versions []diplomacy.Record, i int) {
	h := versions[i].Header()
	if h.Revision != uint32(i+1) {
		c.find("%s since transaction %d is revision %d, not %d", h.ID, h.From, h.Revision, i+1)
	}
	if i > 0 && (versions[i-1].Header().Until == 0 || versions[i-1].Header().Until > h.From) {
		c.find("%s ends in transaction %d and goes on in %d", h.ID, versions[i-1].Header().Until, h.From)
	}
}

// checkReferences reports whether all that a version refers to is there for as
// long as the version.
func (c *checker) checkReferences(v diplomacy.Record) bool {
	sound := true
	for _, ref := range references(v) {
		if ref.to != 0 && !c.lasts(ref.to, v.Header()) {
			c.find("%s since transaction %d: %s %s is not there all the time", v.Header().ID, v.Header().From, ref.field, ref.to)
			sound = false
		}
	}
	return sound
}

// lasts reports whether a record was there whenever the version was.
func (c *checker) lasts(id diplomacy.ID, h *diplomacy.Head) bool {
	versions, err := c.history(id)
	if err != nil {
		return false
	}
	at := h.From
	for _, v := range versions {
		switch until := v.Header().Until; {
		case !v.Header().KnownAt(at):
		case until == 0, h.Until != 0 && h.Until <= until:
			return true
		default:
			at = until
		}
	}
	return false
}
