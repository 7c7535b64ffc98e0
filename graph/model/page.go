package model

import (
	"encoding/base64"

	"chancery/store"
)

// DefaultPage is the length of a page when no argument gives one; MaxPage is the
// longest that may be asked for. The schema says the same.
const (
	DefaultPage = 20
	MaxPage     = 500
	DefaultList = 100 // of lists without pages
)

// PageInfo is Relay's type of that name.
type PageInfo struct {
	HasNextPage, HasPreviousPage bool
	StartCursor, EndCursor       string
}

// pageInfo describes a page of n elements.
func pageInfo(flags store.Flags, n int, cursor func(i int) store.Cursor) *PageInfo {
	info := &PageInfo{HasNextPage: flags.Next, HasPreviousPage: flags.Previous}
	if n > 0 {
		info.StartCursor, info.EndCursor = EncodeCursor(cursor(0)), EncodeCursor(cursor(n-1))
	}
	return info
}

// cursorEncoding is base64 with the alphabet for URLs, unpadded.
var cursorEncoding = base64.RawURLEncoding

// EncodeCursor returns a cursor as clients see it.
func EncodeCursor(c store.Cursor) string { return cursorEncoding.EncodeToString([]byte(c)) }

// DecodeCursor returns the cursor that EncodeCursor encoded.
func DecodeCursor(text string) (store.Cursor, error) {
	decoded, err := cursorEncoding.DecodeString(text)
	return store.Cursor(decoded), err
}
