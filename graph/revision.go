package graph

import (
	"chancery/diplomacy"
	"chancery/graph/fetch"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// revisionOf returns the revision that an operation's response shows, or 0 if nothing
// was read. A mutation that read nothing shows the revision after its last field.
func revisionOf(o *fetch.Operation, kind ast.Operation, s store.Store) diplomacy.TxNumber {
	if read := o.Revision(); read > 0 || kind != ast.Mutation {
		return read
	}
	last, _ := s.Committed()
	return last
}

// setRevision sets extensions.revision of a response, if there is one.
func setRevision(response *graphql.Response, revision diplomacy.TxNumber) {
	if response == nil || revision == 0 {
		return
	}
	if response.Extensions == nil {
		response.Extensions = make(map[string]any, 1)
	}
	response.Extensions["revision"] = uint64(revision)
}
