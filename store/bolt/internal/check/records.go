package check

import (
	"bytes"

	"chancery/diplomacy"
	"chancery/store/bolt/internal/layout"
)

// checkRecords checks every record in the file, withdrawn ones too.
func (c *checker) checkRecords() error {
	now := c.Current(layout.Records).Cursor()
	for k, _ := now.First(); k != nil; k, _ = now.Next() {
		if err := c.checkRecord(layout.RecordID(k)); err != nil {
			return err
		}
	}
	var last diplomacy.ID
	past := c.Closed(layout.Records).Cursor()
	for k, _ := past.First(); k != nil; k, _ = past.Next() {
		id := layout.RecordID(k)
		if id == last || c.Current(layout.Records).Get(k[:8]) != nil {
			continue
		}
		last = id
		if err := c.checkRecord(id); err != nil {
			return err
		}
	}
	return nil
}

// checkRecord checks all versions of one record, and the entries that follow from them.
func (c *checker) checkRecord(id diplomacy.ID) error {
	if err := c.step(); err != nil {
		return err
	}
	versions, err := c.history(id)
	if err != nil {
		c.report("%v", err)
		return nil
	}
	if id.Stamp() > c.stamp {
		c.report("%s is later than the last ID", id)
	}
	sound := true
	for i, v := range versions {
		c.checkVersion(v)
		c.checkSuccession(versions, i)
		sound = c.checkReferences(v) && sound
	}
	c.changes += len(versions) + retractions(versions)
	c.countWithheld(id, versions)
	if sound {
		c.checkPeriods(layout.Periods(versions, c.linkVersions))
	}
	return nil
}

// countWithheld expects the entries by which a withdrawn record was restricted.
func (c *checker) countWithheld(id diplomacy.ID, versions []diplomacy.Record) {
	key := layout.WithheldKey(id)
	if isWithdrawn(versions) && c.Current(layout.Restricted).Get(key) != nil {
		c.expected[layout.Restricted][0]++
	}
	past := c.Closed(layout.Restricted).Cursor()
	for k, _ := past.Seek(key); bytes.HasPrefix(k, key); k, _ = past.Next() {
		c.expected[layout.Restricted][1]++
	}
}

// isWithdrawn reports whether the last version of a record is closed.
func isWithdrawn(versions []diplomacy.Record) bool {
	return len(versions) > 0 && versions[len(versions)-1].Header().Until != 0
}

// checkVersion validates one version by itself.
func (c *checker) checkVersion(v diplomacy.Record) {
	h := v.Header()
	if err := v.Validate(); err != nil {
		c.report("%s since transaction %d is invalid: %v", h.ID, h.From, err)
	}
	if h.From == 0 || h.From > c.Known || h.Until > c.Known || h.Until != 0 && h.Until <= h.From {
		c.report("%s holds from transaction %d until %d, of %d", h.ID, h.From, h.Until, c.Known)
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
		c.report("%s since transaction %d was confirmed or changed in %d", h.ID, h.From, kept)
	}
}

// retractions returns how often a record was retracted.
func retractions(versions []diplomacy.Record) int {
	n := 0
	for i, v := range versions {
		until := v.Header().Until
		if until != 0 && (i+1 == len(versions) || versions[i+1].Header().From != until) {
			n++
		}
	}
	return n
}

// checkSuccession checks that a version follows the one before. Between them the record
// may have been retracted.
func (c *checker) checkSuccession(versions []diplomacy.Record, i int) {
	h := versions[i].Header()
	if h.Revision != uint32(i+1) {
		c.report("%s since transaction %d is revision %d, not %d", h.ID, h.From, h.Revision, i+1)
	}
	if i > 0 && (versions[i-1].Header().Until == 0 || versions[i-1].Header().Until > h.From) {
		c.report("%s ends in transaction %d and goes on in %d", h.ID, versions[i-1].Header().Until, h.From)
	}
}

// checkReferences reports whether all records that a version refers to exist as long as
// the version is current.
func (c *checker) checkReferences(v diplomacy.Record) bool {
	sound := true
	for ref := range diplomacy.References(v) {
		if *ref.ID != 0 && !c.existsThroughout(*ref.ID, v.Header()) {
			c.report("%s since transaction %d: %s %s does not exist all the time", v.Header().ID, v.Header().From, ref.Name, *ref.ID)
			sound = false
		}
	}
	return sound
}

// existsThroughout reports whether a record exists as long as a version is current.
func (c *checker) existsThroughout(id diplomacy.ID, h *diplomacy.Head) bool {
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
