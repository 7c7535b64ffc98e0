package testbed

import (
	"context"
	"fmt"
	"reflect"

	"chancery/diplomacy"
	"chancery/store"
)

// checkedReader checks the answers of a Reader; see checked.
type checkedReader struct{ store.Reader }

// each returns an error unless there is an answer for each question.
func each[A any](method string, answers []A, err error, asked int) ([]A, error) {
	if err == nil && len(answers) != asked {
		return nil, fmt.Errorf("the engine's %s returns %d answers for %d", method, len(answers), asked)
	}
	return answers, err
}

// atMost returns an error if a page is larger than was asked for.
func atMost[A any](method string, page []A, err error, limit int) error {
	if err == nil && len(page) > max(limit, 0) {
		return fmt.Errorf("the engine's %s returns %d elements on a page of %d", method, len(page), limit)
	}
	return err
}

// checkType returns an error if a record is not of the Go type of its kind.
func checkType(method string, id diplomacy.ID, r diplomacy.Record) error {
	if r == nil {
		return nil
	}
	wanted := diplomacy.NewRecord(id.Kind())
	if got := reflect.ValueOf(r); wanted == nil || got.Type() != reflect.TypeOf(wanted) || got.IsNil() {
		return fmt.Errorf("the engine's %s returns a %T for %s", method, r, id)
	}
	return nil
}

func (c checkedReader) Records(ctx context.Context, ids []diplomacy.ID) ([]diplomacy.Record, error) {
	records, err := c.Reader.Records(ctx, ids)
	records, err = each("Records", records, err, len(ids))
	for i := range records {
		if wrong := checkType("Records", ids[i], records[i]); wrong != nil {
			return nil, wrong
		}
	}
	return records, err
}

func (c checkedReader) Find(ctx context.Context, keys []store.Key) ([]diplomacy.ID, error) {
	ids, err := c.Reader.Find(ctx, keys)
	return each("Find", ids, err, len(keys))
}

func (c checkedReader) Same(ctx context.Context, ids []diplomacy.ID) ([][]diplomacy.Record, error) {
	groups, err := c.Reader.Same(ctx, ids)
	return checkTypes("Same", ids, groups, err)
}

func (c checkedReader) Versions(ctx context.Context, ids []diplomacy.ID, before diplomacy.TxNumber, limit int) ([][]diplomacy.Record, error) {
	versions, err := c.Reader.Versions(ctx, ids, before, limit)
	for _, page := range versions {
		err = atMost("Versions", page, err, limit)
	}
	return checkTypes("Versions", ids, versions, err)
}

func checkTypes(method string, ids []diplomacy.ID, lists [][]diplomacy.Record, err error) ([][]diplomacy.Record, error) {
	lists, err = each(method, lists, err, len(ids))
	for i, list := range lists {
		for _, r := range list {
			if r == nil {
				return nil, fmt.Errorf("the engine's %s returns a nil record for %s", method, ids[i])
			}
			if wrong := checkType(method, ids[i], r); wrong != nil {
				return nil, wrong
			}
		}
	}
	return lists, err
}

func (c checkedReader) Links(ctx context.Context, q store.LinkQuery) ([]store.LinkPage, error) {
	pages, err := c.Reader.Links(ctx, q)
	for _, page := range pages {
		err = atMost("Links", page.Links, err, q.Page.Limit)
	}
	return each("Links", pages, err, len(q.Of))
}

func (c checkedReader) CountLinks(ctx context.Context, q store.LinkQuery) ([]store.Count, error) {
	counts, err := c.Reader.CountLinks(ctx, q)
	return each("CountLinks", counts, err, len(q.Of))
}

func (c checkedReader) List(ctx context.Context, q store.ListQuery) (store.ListPage, error) {
	page, err := c.Reader.List(ctx, q)
	return page, atMost("List", page.Entries, err, q.Page.Limit)
}

func (c checkedReader) Transactions(ctx context.Context, numbers []diplomacy.TxNumber) ([]*diplomacy.Transaction, error) {
	transactions, err := c.Reader.Transactions(ctx, numbers)
	return each("Transactions", transactions, err, len(numbers))
}

func (c checkedReader) Changes(ctx context.Context, number diplomacy.TxNumber, after, limit int) ([]diplomacy.Change, error) {
	changes, err := c.Reader.Changes(ctx, number, after, limit)
	return changes, atMost("Changes", changes, err, limit)
}
