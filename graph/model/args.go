package model

import (
	"encoding/base64"

	"chancery/diplomacy"
	"chancery/store"
)

// DefaultPage is how long a page is when no argument says so, and MaxPage how long it
// may be, as the schema tells.
const (
	DefaultPage = 20
	MaxPage     = 500
)

// linkArgs are the arguments of a relation's field.
type linkArgs struct {
	page       store.Page
	descending bool
	where      store.LinkFilter
	asOf       []store.TimeTest // also kept on the hops before the last
}

// linkArgs reads the raw arguments of a relation's field, as they stand in the
// document or its variables. Validation has seen their types.
func (o *Operation) linkArgs(rel *Relation, raw map[string]any) (linkArgs, error) {
	page, err := pageArgs(raw)
	if err != nil {
		return linkArgs{}, err
	}
	where, _ := raw["where"].(map[string]any)
	filter, err := linkFilter(rel.rule(), where)
	if err != nil {
		return linkArgs{}, err
	}
	asOf, err := o.asOf(raw)
	filter.Times = append(filter.Times, asOf...)
	return linkArgs{page: page, descending: raw["orderBy"] != "OLDEST", where: filter, asOf: asOf}, err
}

// asOf is the test that the field's own time, or else the operation's, puts to
// every link.
func (o *Operation) asOf(raw map[string]any) ([]store.TimeTest, error) {
	own, err := timeArg(raw, "validAt")
	if err != nil {
		return nil, err
	}
	window, asked := o.window(own)
	if !asked {
		return nil, nil
	}
	return []store.TimeTest{{Relation: store.AsOf, Window: window, Match: match(raw)}}, nil
}

// pageArgs reads first, after, last and before as Relay has them.
func pageArgs(raw map[string]any) (store.Page, error) {
	first, firstGiven, err := sizeArg(raw, "first")
	if err != nil {
		return store.Page{}, err
	}
	last, lastGiven, err := sizeArg(raw, "last")
	if err != nil {
		return store.Page{}, err
	}
	if firstGiven && lastGiven {
		return store.Page{}, badInput("first and last are both given; take from one end")
	}
	page := store.Page{Limit: DefaultPage, Last: lastGiven}
	if firstGiven {
		page.Limit = first
	} else if lastGiven {
		page.Limit = last
	}
	if page.After, err = cursorArg(raw, "after"); err != nil {
		return store.Page{}, err
	}
	page.Before, err = cursorArg(raw, "before")
	return page, err
}

func sizeArg(raw map[string]any, name string) (n int, given bool, err error) {
	if raw[name] == nil {
		return 0, false, nil
	}
	n, err = integer(raw[name])
	if err != nil || n < 0 || n > MaxPage {
		return 0, true, badInput("%s is %v; want 0 to %d", name, raw[name], MaxPage)
	}
	return n, true, nil
}

// Cursors go to clients in base64 of the alphabet for addresses.
var cursorText = base64.RawURLEncoding

func encodeCursor(c store.Cursor) string { return cursorText.EncodeToString([]byte(c)) }

func cursorArg(raw map[string]any, name string) (store.Cursor, error) {
	text, _ := raw[name].(string)
	decoded, err := cursorText.DecodeString(text)
	if err != nil || raw[name] == "" {
		return "", badInput("%s: %s is no cursor; pass one from an edge or pageInfo of this list", name, diplomacy.Shorten(text))
	}
	return store.Cursor(decoded), nil
}

func timeArg(raw map[string]any, name string) (diplomacy.Time, error) {
	text, _ := raw[name].(string)
	t, err := diplomacy.ParseTime(text)
	if err != nil {
		return t, badInput("%s: %v", name, err)
	}
	return t, nil
}

// match reads how sure an answer must be.
func match(raw map[string]any) diplomacy.Match {
	if raw["match"] == string(diplomacy.Certain) {
		return diplomacy.Certain
	}
	return diplomacy.Possible
}
