// Package reading has the trials of what a store.Reader answers.
package reading

import (
	"chancery/store/storetest/internal/testbed"
)

// Themes are the trials of reading.
var Themes = []testbed.Theme{
	records, links, filters, distinct, paging, cursors, lists, names, counts, history, snapshots, identity, restricted, meters,
}
