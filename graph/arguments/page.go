package arguments

import (
	"encoding/json"
	"fmt"
	"strconv"

	"chancery/diplomacy"
	"chancery/graph/model"
	"chancery/store"
)

// Page decodes first, after, last and before.
func Page(raw map[string]any) (store.Page, error) {
	first, firstGiven, err := pageSize(raw, "first")
	if err != nil {
		return store.Page{}, err
	}
	last, lastGiven, err := pageSize(raw, "last")
	if err != nil {
		return store.Page{}, err
	}
	if firstGiven && lastGiven {
		return store.Page{}, model.BadInput("first and last are both given; take from one end")
	}
	page := store.Page{Limit: model.DefaultPage, Last: lastGiven}
	if firstGiven {
		page.Limit = first
	} else if lastGiven {
		page.Limit = last
	}
	if page.After, err = cursor(raw, "after"); err != nil {
		return store.Page{}, err
	}
	page.Before, err = cursor(raw, "before")
	return page, err
}

// First decodes the argument first of a list without pages.
func First(raw map[string]any) (int, error) {
	first, given, err := pageSize(raw, "first")
	if !given {
		first = model.DefaultList
	}
	return first, err
}

func pageSize(raw map[string]any, name string) (n int, given bool, err error) {
	if raw[name] == nil {
		return 0, false, nil
	}
	n, err = integer(raw[name])
	if err != nil || n < 0 || n > model.MaxPage {
		return 0, true, model.BadInput("%s is %v; want 0 to %d", name, raw[name], model.MaxPage)
	}
	return n, true, nil
}

// integer decodes an integer of a document, of variables, or of Go.
func integer(v any) (int, error) {
	switch n := v.(type) {
	case int64:
		return int(n), nil
	case int:
		return n, nil
	case json.Number:
		i, err := strconv.ParseInt(n.String(), 10, 32)
		return int(i), err
	}
	return 0, fmt.Errorf("%v is not an integer", v)
}

func cursor(raw map[string]any, name string) (store.Cursor, error) {
	text, _ := raw[name].(string)
	decoded, err := model.DecodeCursor(text)
	if err != nil || raw[name] == "" {
		return "", model.BadInput("%s: %s is no cursor; pass one from an edge or pageInfo of this list", name, diplomacy.Shorten(text))
	}
	return decoded, nil
}
