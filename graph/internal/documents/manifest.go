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
	ID   string // by which clients ask for it
	Name string // of its operation; empty where the manifest does not say
	Text string

	file string
	line int
}

// maxID is the length of the longest id, in bytes.
const maxID = 256

// The format of Apollo's manifests.
const (
	apolloFormat  = "apollo-persisted-query-manifest"
	apolloVersion = "1"
)

// ReadManifest reads a manifest, in its order: either of Apollo's format, or an object
// that holds texts by their ids, as GraphQL Code Generator and Relay write it. The
// name is that of the file, for the faults. What it does not know it refuses, as a
// *Refused: a part that is not understood may be the one that matters.
func ReadManifest(name string, text []byte) ([]Entry, error) {
	r := &reader{file: name, text: text, line: 1, dec: jsontext.NewDecoder(bytes.NewReader(text))}
	err := r.manifest()
	if err == nil && len(r.entries) == 0 {
		err = r.wrong("it holds no document; is this the file that the generator wrote?")
	}
	if fault := (fault{}); errors.As(err, &fault) {
		return nil, &Refused{Faults: []Fault{Fault(fault)}}
	}
	return r.entries, err
}

// fault ends the reading of a manifest.
type fault Fault

func (f fault) Error() string { return Fault(f).String() }

// reader reads one manifest.
type reader struct {
	file    string
	text    []byte
	dec     *jsontext.Decoder
	line    int // where the decoder is
	counted int // bytes up to there
	entries []Entry
}

func (r *reader) manifest() error {
	apollo := map[string]string{}
	err := r.object("the manifest", func(name string) (err error) {
		switch name {
		case "operations":
			apollo[name] = "there"
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
			apollo["other"] = "there"
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
		return r.wrong("it is neither of format %q, version %s, with operations and nothing else, nor an object of texts", apolloFormat, apolloVersion)
	}
	return nil
}

// operations reads those of Apollo's format.
func (r *reader) operations() error {
	if kind := r.dec.PeekKind(); kind != '[' {
		return r.unlike("operations", "a list", kind)
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
			line = r.at()
		}
		if fields[name] == nil {
			return r.wrong("nothing is known of %s in an operation", quoted(name))
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
		return r.wrong("an operation is of type query, mutation or subscription, not %s", quoted(kind))
	}
	e.line = line
	return r.entry(e)
}

// entry takes a document, if its id will do.
func (r *reader) entry(e Entry) error {
	e.file = r.file
	if e.line == 0 {
		e.line = r.at()
	}
	if e.ID == "" || len(e.ID) > maxID || strings.ContainsFunc(e.ID, func(c rune) bool { return c <= ' ' || c == 0x7f }) {
		return r.wrong("%s is no id: it has from 1 to %d bytes, and no space", quoted(e.ID), maxID)
	}
	if hash, is := strings.CutPrefix(e.ID, sha256Prefix); is && hash != hashOf(e.Text) {
		return r.wrong("%s is not the SHA-256 of its document; run the generator again", quoted(e.ID))
	}
	r.entries = append(r.entries, e)
	return nil
}

// quoted is a text for a message: not all of it, if it is long.
func quoted(text string) string {
	const most = 80
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	return fmt.Sprintf("%q", text)
}
