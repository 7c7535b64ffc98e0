package graph

import (
	"strings"

	"github.com/99designs/gqlgen/graphql"
)

// setFinal sets extensions.is_final of the response to a document that has @defer. Its
// deferred fragments are answered with the rest, which the proposal of incremental
// delivery allows, but relay-runtime waits for them unless the response says so.
func setFinal(response *graphql.Response, document string) {
	if response == nil || !strings.Contains(document, "@defer") {
		return
	}
	if response.Extensions == nil {
		response.Extensions = make(map[string]any, 1)
	}
	response.Extensions["is_final"] = true
}
