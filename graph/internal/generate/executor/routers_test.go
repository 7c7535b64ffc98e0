package executor

import (
	"strings"
	"testing"
)

// What gqlgen generates for the two fields.
const (
	header   = "package p\n\nimport (\n\t\"context\"\n)\n\n"
	entities = "func entities() (any, error) {\n\tfc := graphql.GetFieldContext(ctx)\n\treturn ec.__resolve_entities(ctx, fc.Args[\"representations\"].([]any)), nil\n}\n"
	service  = "func service() (any, error) {\n\treturn ec.__resolve__service(ctx)\n}\n"
)

func TestRouterFieldsAreAnsweredByTheProject(t *testing.T) {
	got, err := editText(t, answerRouters, header+entities+service)
	const want = "package p\n\nimport (\n\t\"chancery/graph/fetch\"\n\t\"context\"\n)\n\nfunc entities() (any, error) {\n\treturn fetch.Represented(ctx)\n}\nfunc service() (any, error) {\n\treturn subgraph(), nil\n}\n"
	if err != nil || got != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
}

func TestChangedRouterFieldsAreRejected(t *testing.T) {
	for text, reason := range map[string]string{
		service:                                 "0 calls of __resolve_entities",
		entities:                                "0 calls of __resolve__service",
		entities + service + entities + service: "2 calls of __resolve_entities",
		entities + strings.Replace(service, "return ", "_ = ", 1):             "unexpected call of __resolve__service",
		strings.Replace(entities, "(ctx, ", "(", 1) + service:                 "unexpected call of __resolve_entities",
		entities + service + "func more() any { return ec.__resolve_more() }": "unexpected call of __resolve_more",
	} {
		if _, err := editText(t, answerRouters, header+text); err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("of %s: %v, want an error with %q", text, err, reason)
		}
	}
}
