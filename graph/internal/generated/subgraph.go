package generated

import (
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"chancery/graph/model"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/parser"
)

// The files of the schema, by what they are for.
const (
	publicFile = "schema.graphqls"     // the API
	sharedFile = "federation.graphqls" // what routers are told beside it
	routerFile = "router.graphqls"     // what routers know
)

// subgraph is what a router is told: the API and what is shared of it, without what
// every subgraph has. @asOf is not part of it, for routers do not pass directives of
// an operation on: the answer would be of another time than was asked for.
var subgraph = sync.OnceValue(func() model.Service {
	document := &ast.SchemaDocument{}
	document.Merge(parsed(publicFile))
	document.Merge(parsed(sharedFile))
	for _, extension := range document.Extensions {
		def := document.Definitions.ForName(extension.Name)
		def.Directives = append(def.Directives, extension.Directives...) // that of an extension would hold for its own fields alone
	}
	document.Extensions = nil
	document.Directives = slices.DeleteFunc(document.Directives, func(d *ast.DirectiveDefinition) bool { return d.Name == "asOf" })
	var text strings.Builder
	formatter.NewFormatter(&text, formatter.WithIndent("  ")).FormatSchemaDocument(document)
	return model.Service{SDL: text.String()}
})

// parsed is a file of the schema, which the executor has parsed already.
func parsed(name string) *ast.SchemaDocument {
	for _, source := range sources {
		if path.Base(source.Name) == name {
			document, err := parser.ParseSchema(source)
			if err != nil {
				panic(err)
			}
			return document
		}
	}
	panic("the executor was made from no file " + name)
}

// Shown is the schema that clients are shown and held to: the executor's without
// the definitions by which federation's directives are read.
func Shown() *ast.Schema {
	shown := *parsedSchema
	shown.Types, shown.Directives = maps.Clone(shown.Types), maps.Clone(shown.Directives)
	router := parsed(routerFile)
	for _, directive := range router.Directives {
		delete(shown.Directives, directive.Name)
	}
	for _, def := range router.Definitions {
		if !strings.HasPrefix(def.Name, "_") {
			delete(shown.Types, def.Name)
		}
	}
	return &shown
}
