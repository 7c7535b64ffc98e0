package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"chancery/store"
	"chancery/store/bolt"
)

// dataFlag is the option of all commands on the graph.
type dataFlag struct {
	Data location `default:"chancery.db" placeholder:"FILE" help:"File with the graph; created if it does not exist, unless the command only reads (default: ${default})."`
}

// location is where a graph is stored: the name of a file.
type location string

// Validate rejects URLs, of which no storage engine is built in. They may have a
// password in them, so that the error repeats the scheme only.
func (l location) Validate() error {
	if scheme, _, is := strings.Cut(string(l), "://"); is {
		return fmt.Errorf("this build has no storage engine for %s:// addresses; name a file, such as chancery.db", scheme)
	}
	return nil
}

// open chooses the storage engine and opens the graph with it. Unless it is opened
// for reading only, a file that does not exist is created.
func (l location) open(readOnly bool) (store.Store, error) {
	if err := l.Validate(); err != nil {
		return nil, err
	}
	db, err := bolt.Open(string(l), bolt.Options{ReadOnly: readOnly})
	if err != nil {
		return nil, err
	}
	return db, nil
}

// exists reports whether there is a file, or may be one.
func (l location) exists() bool {
	_, err := os.Stat(string(l))
	return !errors.Is(err, fs.ErrNotExist)
}

// read opens the graph for reading only and calls fn with its present state.
func (l location) read(ctx context.Context, fn func(store.Store, store.Reader) error) error {
	graph, err := l.open(true)
	if err != nil {
		return err
	}
	defer graph.Close()
	now, err := graph.Read(ctx, store.Everything(0))
	if err != nil {
		return err
	}
	defer now.Release()
	return fn(graph, now)
}
