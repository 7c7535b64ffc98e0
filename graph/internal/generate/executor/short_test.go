package executor

import (
	"strings"
	"testing"
)

func TestFieldsOfStructsTakeTheShortWay(t *testing.T) {
	var short map[string]bool
	text, err := editStock(t, func(sources []*source) (err error) {
		short, err = shortenFields(sources)
		return err
	}, "", "")
	if err != nil {
		t.Fatal(err)
	}
	for field, want := range map[string]bool{"Event.slug": true, "Event.id": true, "Event.name": false, "Event.date": false, "Event.participants": false} {
		got, found := short[field]
		if got != want || !found {
			t.Errorf("%s is reported as short: %t (found: %t), want %t", field, got, found, want)
		}
		_, function, _ := strings.Cut(text, "func (ec *executionContext) _"+strings.Replace(field, ".", "_", 1)+"(")
		_, body, _ := strings.Cut(function, "{\n")
		if got := strings.HasPrefix(body, "\tif ret = graphql.Marshal"); got != want {
			t.Errorf("%s takes the short way: %t, want %t", field, got, want)
		}
	}
}

// TestResolvedNamesTakeTheShortWay gives the edit what gqlgen generates for a name
// with a resolver.
func TestResolvedNamesTakeTheShortWay(t *testing.T) {
	const field = `package generated

func (ec *executionContext) _Event_name(ctx context.Context, field graphql.CollectedField, obj *diplomacy.Event) (ret graphql.Marshaler) {
	return graphql.ResolveField(func(ctx context.Context) (any, error) {
		fc := graphql.GetFieldContext(ctx)
		return ec.Resolvers.Event().Name(ctx, obj, fc.Args["language"].(*string))
	})
}
`
	short := func(sources []*source) error { _, err := shortenFields(sources); return err }
	text, err := editText(t, short, field)
	if err != nil || !strings.Contains(text, "if name, err := ec.Resolvers.Event().Name(ctx, obj, nil); err == nil && name != \"\" {") {
		t.Errorf("%v\n%s", err, text)
	}
	if _, err := editText(t, short, strings.Replace(field, ".(*string)", ".(string)", 1)); err == nil {
		t.Error("an executor without any field to shorten is not rejected")
	}
}

func TestExecutorWithoutShortFieldsIsRejected(t *testing.T) {
	short := func(sources []*source) error { _, err := shortenFields(sources); return err }
	if _, err := editStock(t, short, "return obj.", "return *obj."); err == nil {
		t.Error("no field was shortened, and no error was returned")
	}
}
