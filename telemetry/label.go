package telemetry

import (
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2/ast"
)

// What labels say instead of a name; no operation can be called so.
const (
	anonymous = "(anonymous)" // the operation has none
	unknown   = "(unknown)"   // the client gives none
	others    = "(other)"     // there are too many, or it is too long
)

// maxLabel is the length of the longest name that is told apart, in bytes.
const maxLabel = 100

// named is the name and the type of an operation.
type named struct {
	operation string
	kind      ast.Operation
}

func (n named) copied() named { return named{strings.Clone(n.operation), n.kind} }
func (n named) other() named  { return named{others, n.kind} }

func nameOf(operation *ast.OperationDefinition) named {
	return named{labelOf(operation.Name, anonymous), operation.Operation}
}

// use is an operation as a version of a client asks it.
type use struct{ operation, client, version string }

func (u use) copied() use {
	return use{strings.Clone(u.operation), strings.Clone(u.client), strings.Clone(u.version)}
}

// other keeps the operation, which is one that is told apart.
func (u use) other() use { return use{u.operation, others, others} }

// clientOf is the name and the version that a client gives of itself, in the headers
// of Apollo's clients or those that others have agreed on since. Sockets give theirs
// when they begin.
func clientOf(header http.Header) (name, version string) {
	name, version = header.Get("Graphql-Client-Name"), header.Get("Graphql-Client-Version")
	if name == "" && version == "" {
		name, version = header.Get("Apollographql-Client-Name"), header.Get("Apollographql-Client-Version")
	}
	return labelOf(name, unknown), labelOf(version, unknown)
}

// labelOf is a name as a label, with another for none.
func labelOf(name, none string) string {
	switch {
	case name == "":
		return none
	case len(name) > maxLabel, !utf8.ValidString(name):
		return others
	default:
		return name
	}
}
