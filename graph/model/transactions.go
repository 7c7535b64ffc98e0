package model

import (
	"chancery/diplomacy"
	"chancery/store"
)

// TransactionConnection is a page of transactions. A page that was searched for may be
// short, even empty, while there are more: its end cursor, or its start cursor when it was
// taken from the end of the list, says how far the search has come.
type TransactionConnection struct {
	List[*diplomacy.Transaction]
	SearchedTo store.Cursor // empty unless the search stopped early
	Backward   bool
}

// PageInfo returns the cursors of the page and whether there is more.
func (c *TransactionConnection) PageInfo() *PageInfo {
	info := c.List.PageInfo()
	switch {
	case c.SearchedTo == "":
	case c.Backward:
		info.StartCursor = EncodeCursor(c.SearchedTo)
	default:
		info.EndCursor = EncodeCursor(c.SearchedTo)
	}
	return info
}
