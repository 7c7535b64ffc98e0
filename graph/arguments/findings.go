package arguments

import (
	"chancery/curation/findings"
	"chancery/graph/model"
	"chancery/store"
)

// ReadFindings decodes the arguments of a search for findings, except for the records that
// they name, and the position, which is returned as the client has it.
func ReadFindings(raw map[string]any) (findings.Query, store.Cursor, error) {
	page, err := Forward(raw)
	if err != nil {
		return findings.Query{}, "", err
	}
	q := findings.Query{Rules: Terms(raw["rule"]), Severities: Terms(raw["severity"]), Limit: page.Limit}
	if raw["since"] != nil {
		if q.Since, err = model.UnmarshalTxNumber(raw["since"]); err != nil {
			return findings.Query{}, "", model.BadInput("since is %v; want the number of a transaction", raw["since"])
		}
	}
	return q, page.After, nil
}

// Forward decodes the arguments of a list that is paged forward only.
func Forward(raw map[string]any) (store.Page, error) {
	page, err := Page(raw)
	if err == nil && (page.Last || page.Before != "") {
		err = model.BadInput("the list is searched forward only; use first and after")
	}
	return page, err
}
