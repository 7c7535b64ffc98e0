package telemetry

import (
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2/ast"
)

// Labels instead of a name; none is a valid name of an operation.
const (
	anonymous = "(anonymous)" // the operation has none
	unknown   = "(unknown)"   // the client sends none
	others    = "(other)"     // there are too many names, or it is too long
)

// maxLabel is the longest name with a label of its own, in bytes.
const maxLabel = 100

// named is an operation's name and type.
type named struct {
	operation string
	kind      ast.Operation
}

func (n named) clone() named { return named{strings.Clone(n.operation), n.kind} }
func (n named) other() named { return named{others, n.kind} }

func nameOf(operation *ast.OperationDefinition) named {
	return named{labelOf(operation.Name, anonymous), operation.Operation}
}

// use is an operation sent by a version of a client.
type use struct{ operation, client, version string }

func (u use) clone() use {
	return use{strings.Clone(u.operation), strings.Clone(u.client), strings.Clone(u.version)}
}

// other keeps the operation, whose labels are limited already.
func (u use) other() use { return use{u.operation, others, others} }

// clientOf returns a client's name and version from the headers of Apollo's clients or the
// standardized ones. A WebSocket sends them when it is opened.
func clientOf(header http.Header) (name, version string) {
	name, version = header.Get("Graphql-Client-Name"), header.Get("Graphql-Client-Version")
	if name == "" && version == "" {
		name, version = header.Get("Apollographql-Client-Name"), header.Get("Apollographql-Client-Version")
	}
	return labelOf(name, unknown), labelOf(version, unknown)
}

// labelOf returns the label of a name, or none if the name is empty.
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
