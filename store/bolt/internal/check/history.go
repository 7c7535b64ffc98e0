package check

import (
	"chancery/diplomacy"
	"chancery/store/bolt/internal/layout"
)

// history returns all versions of a record, the oldest first.
func (c *checker) history(id diplomacy.ID) ([]diplomacy.Record, error) {
	if versions, ok := c.histories[id]; ok {
		return versions, nil
	}
	versions, err := c.Reader.AllVersions(id)
	if err != nil {
		return nil, err
	}
	if id.Kind().IsEntity() {
		c.keepHistory(id, versions)
	}
	return versions, nil
}

// maxHistories is how many histories are kept.
const maxHistories = 4096

func (c *checker) keepHistory(id diplomacy.ID, versions []diplomacy.Record) {
	if len(c.histories) == maxHistories {
		clear(c.histories)
	}
	c.histories[id] = versions
}

// linkVersions is a layout.VersionsFunc: the versions of a record on which entries of its
// links depend.
func (c *checker) linkVersions(id diplomacy.ID) []diplomacy.Record {
	if !id.Kind().IsEntity() && !id.Kind().IsStatement() {
		return nil
	}
	versions, err := c.history(id)
	if err != nil {
		return nil // reported when the record itself is checked
	}
	var changed []diplomacy.Record
	for _, v := range versions {
		if len(changed) == 0 || layout.ChangesLinks(changed[len(changed)-1], v) {
			changed = append(changed, v)
		}
	}
	return changed
}
