package telemetry

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"go.opentelemetry.io/otel/attribute"
)

// Attributes of spans for which there is no convention.
const (
	documentKey      = attribute.Key("chancery.document.sha256")
	clientKey        = attribute.Key("chancery.client.name")
	clientVersionKey = attribute.Key("chancery.client.version")
	callsKey         = attribute.Key("chancery.store.calls")
	costKey          = attribute.Key("chancery.cost")
)

// documentHash identifies a document without revealing it: by the SHA-256 of its text, as
// persisted documents are.
func documentHash(operation *graphql.OperationContext) string {
	sum := sha256.Sum256([]byte(operation.RawQuery))
	return hex.EncodeToString(sum[:])
}

// Codes of responses and errors without one.
const (
	codeCancelled = "(cancelled)" // the client had left
	codeNone      = "(none)"      // an error without a code
)

// codesOf returns the codes of a response's errors, each once.
func codesOf(response *graphql.Response) []string {
	if response == nil {
		return []string{codeCancelled}
	}
	return codesIn(response.Errors)
}

func codesIn(errs gqlerror.List) (all []string) {
	for _, e := range errs {
		code, _ := e.Extensions["code"].(string)
		if code == "" {
			code = codeNone
		}
		if !slices.Contains(all, code) {
			all = append(all, code)
		}
	}
	return all
}
