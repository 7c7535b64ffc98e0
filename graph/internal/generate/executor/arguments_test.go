package executor

import (
	"slices"
	"strings"
	"testing"
)

func withFirst(_ string, arguments []string) bool { return slices.Contains(arguments, "first") }

func TestDecodedArgumentsAreDroppedFromResolvers(t *testing.T) {
	got, err := editStock(t, dropArguments(withFirst), "package stock", "package stock")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Participants(ctx context.Context, obj *Event) (*ParticipantConnection, error)",
		"Events(ctx context.Context) (*EventConnection, error)",
		"ctx context.Context) (any, error) {\n\t\t\treturn ec.Resolvers.Event().Participants(ctx, obj)",
		"ctx context.Context) (any, error) {\n\t\t\treturn ec.Resolvers.Query().Events(ctx)",
		"if err = fetch.CheckArguments(ctx, field, ec.Variables, ec.field_Event_participants_args); err != nil {",
		`ec.Resolvers.Query().Event(ctx, fc.Args["by"]`,
		"fc.Args, err = ec.field_Query_event_args(ctx, field.ArgumentMap(ec.Variables))",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the edited executor has no %q", want)
		}
	}
}

func TestChangedCallsOfResolversAreRejected(t *testing.T) {
	for _, c := range []struct{ from, to, reason string }{
		{"Event().Participants(ctx", "Event().Others(ctx", "2 resolvers without arguments, 1 calls of them"},
		{"fc := graphql.GetFieldContext(ctx)\n\t\t\treturn ec.Resolvers.Query().Events", "fc, _ := graphql.GetFieldContext(ctx), 1\n\t\t\treturn ec.Resolvers.Query().Events", "unexpected call of ec.Resolvers.Query().Events"},
		{"fc.Args, err = ec.field_Query_events_args", "fc.Args, err = 1, ec.field_Query_events_args", "2 calls of them, 1 decodings"},
		{"first *int", "limit *int", "0 resolvers without arguments"},
	} {
		if _, err := editStock(t, dropArguments(withFirst), c.from, c.to); err == nil || !strings.Contains(err.Error(), c.reason) {
			t.Errorf("with %q: %v, want an error with %q", c.to, err, c.reason)
		}
	}
}
