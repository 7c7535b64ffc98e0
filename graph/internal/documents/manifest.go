package documents

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Entry is a document of a manifest.
type Entry struct {
	ID   string // by which clients request it
	Name string // of its operation; empty if the manifest does not say
	Text string

	file string
	line int
}

// maxID is the maximum length of an id in bytes.
const maxID = 256

// The format of Apollo's manifests.
const (
	apolloFormat  = "apollo-persisted-query-manifest"
	apolloVersion = "1"
)

// ReadManifest reads a manifest and returns its documents in order. It accepts Apollo's
// format, and an object of texts by id, as GraphQL Code Generator and Relay write it. The
// file name appears in problems. Anything unknown is rejected with a *ManifestError,
// since it may be important.
func ReadManifest(file string, text []byte) ([]Entry, error) {
	r := &reader{file: file, text: text, line: 1, dec: jsontext.NewDecoder(bytes.NewReader(text))}
	err := r.manifest()
	if err == nil && len(r.entries) == 0 {
		err = r.invalid("the manifest has no document; is this the file that the generator wrote?")
	}
	if p := (problem{}); errors.As(err, &p) {
		return nil, &ManifestError{Problems: []Problem{Problem(p)}}
	}
	return r.entries, err
}

// problem is the error that ends the reading of a manifest.
type problem Problem

func (p problem) Error() string { return Problem(p).String() }

// reader reads one manifest.
type reader struct {
	file    string
	text    []byte
	dec     *jsontext.Decoder
	line    int // of the decoder's position
	counted int // bytes up to that line
	entries []Entry
}

// manifest reads both formats: their members are collected in apollo, and checked at the
// end.
func (r *reader) manifest() error {
	apollo := map[string]string{}
	err := r.object("the manifest", func(name string) (err error) {
		switch name {
		case "operations":
			apollo[name] = "present"
			err = r.operations()
		case "version":
			apollo[name], err = r.number(name)
		case "format":
			apollo[name], err = r.string(name)
		default:
			var text string
			if text, err = r.string("the document " + quoted(name)); err == nil {
				err = r.entry(Entry{ID: name, Text: text})
			}
			apollo["other"] = "present"
		}
		return err
	})
	if err == nil {
		err = r.end()
	}
	if err != nil || len(apollo) == 0 || len(apollo) == 1 && apollo["other"] != "" {
		return err
	}
	if apollo["format"] != apolloFormat || apollo["version"] != apolloVersion || apollo["operations"] == "" || apollo["other"] != "" {
		return r.invalid("the manifest is neither of format %q, version %s, with operations and nothing else, nor an object of strings", apolloFormat, apolloVersion)
	}
	return nil
}

// operations reads the operations of Apollo's format.
func (r *reader) operations() error {
	if kind := r.dec.PeekKind(); kind != '[' {
		return r.wrongKind("operations", "a list", kind)
	}
	_, err := r.dec.ReadToken()
	for err == nil && r.dec.PeekKind() != ']' {
		err = r.operation()
	}
	if err == nil {
		_, err = r.dec.ReadToken()
	}
	return r.syntax(err)
}

func (r *reader) operation() error {
	e := Entry{}
	kind := ""
	fields := map[string]*string{"id": &e.ID, "name": &e.Name, "body": &e.Text, "type": &kind, "clientName": new(string)}
	line := 0
	err := r.object("an operation", func(name string) (err error) {
		if line == 0 {
			line = r.currentLine()
		}
		if fields[name] == nil {
			return r.invalid("unknown member %s of an operation", quoted(name))
		}
		if name == "clientName" && r.dec.PeekKind() == 'n' {
			_, err = r.dec.ReadToken()
			return r.syntax(err)
		}
		*fields[name], err = r.string(name)
		return err
	})
	if err != nil {
		return err
	}
	if kind != "query" && kind != "mutation" && kind != "subscription" {
		return r.invalid("the type of an operation is query, mutation or subscription, not %s", quoted(kind))
	}
	e.line = line
	return r.entry(e)
}

// entry adds a document if its id is valid.
func (r *reader) entry(e Entry) error {
	e.file = r.file
	if e.line == 0 {
		e.line = r.currentLine()
	}
	if e.ID == "" || len(e.ID) > maxID || strings.ContainsFunc(e.ID, func(c rune) bool { return c <= ' ' || c == 0x7f }) {
		return r.invalid("%s is not an id: ids have 1 to %d bytes and no space", quoted(e.ID), maxID)
	}
	if hash, ok := strings.CutPrefix(e.ID, sha256Prefix); ok && hash != hashOf(e.Text) {
		return r.invalid("%s is not the SHA-256 of its document; run the generator again", quoted(e.ID))
	}
	r.entries = append(r.entries, e)
	return nil
}

// quoted quotes a text for a message, shortened if it is long.
func quoted(text string) string {
	const limit = 80
	if len(text) > limit {
		text = strings.ToValidUTF8(text[:limit], "") + "…"
	}
	return fmt.Sprintf("%q", text)
}
