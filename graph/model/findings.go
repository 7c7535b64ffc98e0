package model

import (
	"context"
	"encoding/binary"

	"chancery/curation"
	"chancery/diplomacy"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
)

// Finding is something doubtful in the graph.
type Finding struct{ curation.UnsourcedStatement }

// Kind is what is doubtful about it.
func (f *Finding) Kind() diplomacy.Term { return "UNSOURCED" }

// About is the record that is doubtful.
func (f *Finding) About() Statement { return statementOf(f.Statement) }

// Transaction is the one that left it so.
func (f *Finding) Transaction(ctx context.Context) (*diplomacy.Transaction, error) {
	return TransactionOf(ctx, f.UnsourcedStatement.Transaction)
}

// FindingConnection is a page of findings. It may be short, even empty, while
// there are more: its end is how far the search has come.
type FindingConnection struct {
	List[*Finding]
	end string
}

// PageInfo says where the page stands.
func (c *FindingConnection) PageInfo() *PageInfo {
	info := c.List.PageInfo()
	if c.end != "" {
		info.EndCursor = c.end
	}
	return info
}

var findingSeal = newSeal("findings")

// Findings pages forward over what is doubtful.
func Findings(ctx context.Context) (*FindingConnection, error) {
	o, field := From(ctx), graphql.GetFieldContext(ctx).Field
	page, err := pageArgs(rawArgs(ctx, field))
	if err != nil {
		return nil, err
	}
	if page.Last || page.Before != "" {
		return nil, badInput("findings are searched for from the newest on; use first and after")
	}
	start, skip, err := findingPlace(page.After)
	if err != nil {
		return nil, err
	}
	reader, err := o.Reader(ctx)
	if err != nil {
		return nil, err
	}
	found, err := curation.UnsourcedStatements(ctx, reader, start, skip+page.Limit)
	if err != nil {
		return nil, err
	}
	list := &FindingConnection{List: List[*Finding]{Flags: store.Flags{Previous: page.After != "", Next: found.More}}}
	for i := skip; i < len(found.Statements); i++ {
		list.edges = append(list.edges, &ListEdge[*Finding]{findingCursor(start, i+1), &Finding{found.Statements[i]}})
	}
	if found.More {
		list.end = encodeCursor(findingCursor(found.Next, 0))
	}
	return list, o.aheadFindings(ctx, field, list.Nodes())
}

func (o *Operation) aheadFindings(ctx context.Context, field graphql.CollectedField, findings []*Finding) error {
	records, numbers := make([]diplomacy.Record, len(findings)), make([]diplomacy.TxNumber, len(findings))
	for i, f := range findings {
		records[i], numbers[i] = f.Statement, f.UnsourcedStatement.Transaction
	}
	for _, selection := range o.wants(ctx, field).nodeSelections {
		for _, f := range collect(ctx, selection, "Finding") {
			err := error(nil)
			switch f.Name {
			case "about":
				err = o.aheadRecords(ctx, f.Selections, records)
			case "transaction":
				err = o.aheadTransactions(ctx, f.Selections, numbers)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// findingCursor is a place of the search and how many were found behind it.
func findingCursor(at curation.Place, found int) store.Cursor {
	key := binary.BigEndian.AppendUint64(nil, uint64(at.Transaction))
	key = binary.BigEndian.AppendUint32(key, uint32(at.Change))
	return findingSeal.close(store.Cursor(binary.BigEndian.AppendUint32(key, uint32(found))))
}

func findingPlace(sealed store.Cursor) (at curation.Place, found int, err error) {
	cursor, err := findingSeal.open(sealed)
	if err != nil || cursor == "" {
		return at, 0, err
	}
	key := []byte(cursor)
	if len(key) != 16 || binary.BigEndian.Uint32(key[12:]) > MaxPage {
		return at, 0, store.ErrCursor
	}
	at = curation.Place{Transaction: diplomacy.TxNumber(binary.BigEndian.Uint64(key)), Change: int(binary.BigEndian.Uint32(key[8:]))}
	return at, int(binary.BigEndian.Uint32(key[12:])), nil
}
