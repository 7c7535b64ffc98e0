package graphtest

import (
	"context"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/sample"
	"chancery/store"
	"chancery/store/bolt"
)

// Noon is the time of all tests, so that dates in responses and ids are constant.
var Noon = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)

// Clock returns Noon.
func Clock() time.Time { return Noon }

// OpenStore opens an empty graph, which is closed when the test ends.
func OpenStore(t testing.TB) store.Store {
	t.Helper()
	return OpenStoreAt(t, Clock)
}

// OpenStoreAt opens an empty graph with a clock, which is closed when the test ends.
func OpenStoreAt(t testing.TB, clock func() time.Time) store.Store {
	t.Helper()
	s, err := bolt.Open(filepath.Join(t.TempDir(), "graph.db"), bolt.Options{Clock: clock, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// OpenSample opens a graph with the sample.
func OpenSample(t testing.TB) store.Store {
	t.Helper()
	s := OpenStore(t)
	if _, err := sample.Load(context.Background(), s); err != nil {
		t.Fatal(err)
	}
	return s
}

// Commit writes a transaction.
func Commit(t testing.TB, s store.Store, write func(w store.Writer) error) {
	t.Helper()
	if _, err := s.Write(context.Background(), store.Commit{Author: "test"}, write); err != nil {
		t.Fatal(err)
	}
}

// SetDescription writes the next version of an entity with a description.
func SetDescription(w store.Writer, typeName, slug, description string) error {
	old, err := FindEntity(w, typeName, slug)
	if err != nil {
		return err
	}
	next := diplomacy.NewEntity(old.Kind())
	reflect.ValueOf(next).Elem().Set(reflect.ValueOf(old).Elem())
	next.Base().Description = description
	return w.Put(context.Background(), next)
}

// FindEntity returns the entity of a slug, which must exist.
func FindEntity(r store.Reader, typeName, slug string) (diplomacy.Entity, error) {
	kind, _ := diplomacy.ParseKind(typeName)
	ids, err := r.Find(context.Background(), []store.Key{{Kind: kind, Scheme: store.SchemeSlug, Value: slug}})
	if err != nil || ids[0] == 0 {
		return nil, fmt.Errorf("find %s %s: %w", typeName, slug, err)
	}
	records, err := r.Records(context.Background(), ids)
	if err != nil {
		return nil, err
	}
	return records[0].(diplomacy.Entity), nil
}

// MustFindID returns the id of a slug in a slice, and panics if there is none.
func MustFindID(r store.Reader, typeName, slug string) []diplomacy.ID {
	entity, err := FindEntity(r, typeName, slug)
	if err != nil {
		panic(err)
	}
	return []diplomacy.ID{entity.Header().ID}
}

// FirstError returns the first error that is not nil.
func FirstError(errs ...error) error {
	return errs[max(0, slices.IndexFunc(errs, func(err error) bool { return err != nil }))]
}
