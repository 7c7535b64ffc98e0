package graph

import (
	"chancery/diplomacy"
	"chancery/graph/model"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// extensionRevision is where an answer says which state of the graph it tells of:
// the number of the transaction that left it.
const extensionRevision = "revision"

// revisionOf is the state that an operation tells of: of a mutation the one behind
// its last field, even if it read nothing of it; 0 if nothing was read.
func revisionOf(o *model.Operation, kind ast.Operation, s store.Store) diplomacy.TxNumber {
	if read := o.Revision(); read > 0 || kind != ast.Mutation {
		return read
	}
	last, _ := s.Committed()
	return last
}

// mark puts the state into an answer.
func mark(response *graphql.Response, revision diplomacy.TxNumber) {
	if response == nil || revision == 0 {
		return
	}
	if response.Extensions == nil {
		response.Extensions = make(map[string]any, 1)
	}
	response.Extensions[extensionRevision] = uint64(revision)
}
