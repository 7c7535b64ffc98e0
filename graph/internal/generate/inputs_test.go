package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestInputResolversAreDropped(t *testing.T) {
	const before = `type ResolverRoot interface {
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
	const after = `type ResolverRoot interface {
	Person() PersonResolver
}

type PersonResolver interface {
	Name(ctx context.Context) (string, error)
}

// endregion
`
	folder := t.TempDir()
	file := filepath.Join(folder, "a.generated.go")
	if err := os.WriteFile(file, []byte(before), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := dropInputResolvers(folder); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(file); string(got) != after {
		t.Errorf("got %s", got)
	}
	if err := dropInputResolvers(folder); err == nil {
		t.Error("that there are none any more is not noticed")
	}
}
