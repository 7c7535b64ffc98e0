package executor

import (
	"strings"
	"testing"
)

func TestInputResolversAreDropped(t *testing.T) {
	const before = `package generated

type ResolverRoot interface {
	Person() PersonResolver
	PutPersonInput() PutPersonInputResolver
}

type PersonResolver interface {
	Name(ctx context.Context) (string, error)
}
type PutPersonInputResolver interface {
	Slug(ctx context.Context, obj *model.Input, data *string) error
}

// endregion
`
	const after = `package generated

type ResolverRoot interface {
	Person() PersonResolver
}

type PersonResolver interface {
	Name(ctx context.Context) (string, error)
}

// endregion
`
	if got, err := editText(t, dropInputResolvers, before); err != nil || got != after {
		t.Errorf("%v\n%s", err, got)
	}
	if _, err := editText(t, dropInputResolvers, after); err == nil {
		t.Error("an executor without resolvers of inputs is not rejected")
	}
	half := strings.Replace(before, "\tPutPersonInput() PutPersonInputResolver\n", "", 1)
	if _, err := editText(t, dropInputResolvers, half); err == nil {
		t.Error("an interface without its method is not rejected")
	}
}
