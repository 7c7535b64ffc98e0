package serial_test

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"

	"chancery/graph/internal/serial"

	"github.com/99designs/gqlgen/graphql"
	diff "github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
	"pgregory.net/rapid"
)

// outcome is how a field or element resolves.
type outcome struct {
	NonNull bool
	Result  string // value, null, required null or panic
}

func (o outcome) resolve(context.Context) graphql.Marshaler {
	switch o.Result {
	case "value":
		return graphql.MarshalString("x")
	case "null":
		return graphql.Null
	case "required null":
		return graphql.RequiredNull
	}
	panic("a panic of " + o.Result)
}

var outcomes = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) outcome {
	return outcome{rapid.Bool().Draw(t, "non-null"), rapid.SampledFrom([]string{"value", "null", "required null", "panic"}).Draw(t, "fate")}
}), 0, 6)

// result is what an executor sees of an object or list.
type result struct {
	Values   []string
	Invalids uint32
	Errors   []string // with their paths, sorted
}

// observe runs a field or list below the field parent and returns its result.
func observe(run func(ctx context.Context, oc *graphql.OperationContext) ([]graphql.Marshaler, uint32)) result {
	ctx, oc := newContext(context.Background())
	values, invalids := run(ctx, oc)
	r := result{Invalids: invalids}
	for _, value := range values {
		name := "value"
		switch value {
		case graphql.Null:
			name = "null"
		case graphql.RequiredNull:
			name = "required null"
		}
		r.Values = append(r.Values, name)
	}
	r.Errors = errorsOf(ctx)
	return r
}

func newContext(ctx context.Context) (context.Context, *graphql.OperationContext) {
	oc := &graphql.OperationContext{
		RecoverFunc:            func(_ context.Context, cause any) error { return fmt.Errorf("recovered %v", cause) },
		RootResolverMiddleware: func(ctx context.Context, next graphql.RootResolver) graphql.Marshaler { return next(ctx) },
	}
	ctx = graphql.WithResponseContext(graphql.WithOperationContext(ctx, oc), graphql.DefaultErrorPresenter, oc.RecoverFunc)
	return graphql.WithFieldContext(ctx, &graphql.FieldContext{Field: named("parent")}), oc
}

func named(alias string) graphql.CollectedField {
	return graphql.CollectedField{Field: &ast.Field{Alias: alias}}
}

func errorsOf(ctx context.Context) (texts []string) {
	for _, err := range graphql.GetErrors(ctx) {
		texts = append(texts, err.Path.String()+": "+err.Message)
	}
	slices.SortFunc(texts, cmp.Compare)
	return texts
}

// fieldsOf returns a field for each outcome.
func fieldsOf(fates []outcome) (fields []graphql.CollectedField) {
	for i := range fates {
		fields = append(fields, named(fmt.Sprint("field", i)))
	}
	return fields
}

// TestFieldsResolveAsInGqlgen compares Field and Root with what they replace.
func TestFieldsResolveAsInGqlgen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fates := outcomes.Draw(t, "fields")
		stock := observe(func(ctx context.Context, oc *graphql.OperationContext) ([]graphql.Marshaler, uint32) {
			set, deferred := graphql.NewFieldSet(fieldsOf(fates)), graphql.NewDeferredGroup(ctx)
			for i, f := range fates {
				set.ResolveConcurrently(oc, &deferred, i, true, f.NonNull, f.resolve)
			}
			set.Dispatch(ctx)
			return set.Values, set.Invalids
		})
		expect(t, "Field", stock, observe(func(ctx context.Context, oc *graphql.OperationContext) ([]graphql.Marshaler, uint32) {
			set := serial.NewSet(fieldsOf(fates))
			for i, f := range fates {
				serial.Field(ctx, set, oc, i, f.NonNull, f.resolve)
			}
			return set.Values, set.Invalids
		}))
		stock = observe(func(ctx context.Context, oc *graphql.OperationContext) ([]graphql.Marshaler, uint32) {
			set := graphql.NewFieldSet(fieldsOf(fates))
			for i, f := range fates {
				set.ResolveRootConcurrently(ctx, oc, i, true, f.NonNull, f.resolve)
			}
			set.Dispatch(ctx)
			return set.Values, set.Invalids
		})
		expect(t, "Root", stock, observe(func(ctx context.Context, oc *graphql.OperationContext) ([]graphql.Marshaler, uint32) {
			set := serial.NewSet(fieldsOf(fates))
			for i, f := range fates {
				serial.Root(ctx, set, oc, i, f.NonNull, f.resolve)
			}
			return set.Values, set.Invalids
		}))
	})
}

// TestListsResolveAsInGqlgen compares List with what it replaces.
func TestListsResolveAsInGqlgen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fates := outcomes.Draw(t, "elements")
		element := func(ctx context.Context, i int) graphql.Marshaler { return fates[i].resolve(ctx) }
		expect(t, "List",
			observe(func(ctx context.Context, _ *graphql.OperationContext) ([]graphql.Marshaler, uint32) {
				return graphql.MarshalSliceConcurrently(ctx, len(fates), 0, false, element), 0
			}),
			observe(func(ctx context.Context, _ *graphql.OperationContext) ([]graphql.Marshaler, uint32) {
				return serial.List(ctx, len(fates), 0, false, element), 0
			}))
	})
}

func expect(t *rapid.T, name string, stock, got result) {
	t.Helper()
	if d := diff.Diff(stock, got); d != "" {
		t.Errorf("%s (-stock +serial):\n%s", name, d)
	}
}

// TestObjectsAreWrittenAsInGqlgen writes objects with few, many and repeated
// aliases.
func TestObjectsAreWrittenAsInGqlgen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var fields []graphql.CollectedField
		for _, alias := range rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "__typename"}), 0, 6).Draw(t, "aliases") {
			fields = append(fields, named(alias))
		}
		stock, got := graphql.NewFieldSet(fields), serial.NewSet(fields)
		for i := range fields {
			value := graphql.MarshalInt(i)
			stock.Values[i], got.Values[i] = value, value
		}
		var want, text bytes.Buffer
		stock.MarshalGQL(&want)
		got.MarshalGQL(&text)
		if text.String() != want.String() {
			t.Errorf("wrote %s, gqlgen writes %s", &text, &want)
		}
	})
}

func TestPanicInAnElementIsAnErrorAtItsPath(t *testing.T) {
	ctx, _ := newContext(t.Context())
	serial.List(ctx, 3, 0, false, func(ctx context.Context, i int) graphql.Marshaler {
		return outcome{Result: []string{"value", "nerves", "haste"}[i]}.resolve(ctx)
	})
	want := []string{"parent[1]: recovered a panic of nerves", "parent[2]: recovered a panic of haste"}
	if d := diff.Diff(want, errorsOf(ctx)); d != "" {
		t.Errorf("errors (-want +got):\n%s", d)
	}
}

func TestCancelledListsStop(t *testing.T) {
	cancelled, cancel := context.WithCancel(t.Context())
	ctx, _ := newContext(cancelled)
	asked := 0
	list := serial.List(ctx, 5, 0, false, func(context.Context, int) graphql.Marshaler {
		if asked++; asked == 2 {
			cancel()
		}
		return graphql.MarshalInt(asked)
	})
	if asked != 2 {
		t.Errorf("%d elements were resolved; the context ended in the second", asked)
	}
	for i, element := range list {
		if (element == graphql.Null) != (i >= 2) {
			t.Errorf("element %d is %v", i, element)
		}
	}
}
