package exchange

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"chancery/diplomacy"
)

// MaxLine is the longest line that is read, in bytes.
const MaxLine = 8 << 20

// File is one input. Faults call it by its Name.
type File struct {
	Name string
	io.Reader
}

// batch is all that an import read.
type batch struct {
	lines []*line
	local map[reference]*line // entities by their keys
	// What could not be read hides what is beyond it; that keys are given twice
	// does not.
	unreadable, twice Refused
}

// read reads all files. Its error is that of a reader; what is wrong with the
// text is noted as faults.
func read(ctx context.Context, files []File) (*batch, error) {
	b := &batch{local: map[reference]*line{}}
	for _, f := range files {
		if err := b.file(ctx, f); err != nil {
			return nil, fmt.Errorf("read %s: %w", f.Name, err)
		}
	}
	return b, nil
}

func (b *batch) file(ctx context.Context, f File) error {
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, MaxLine+len("\r\n"))
	at := line{file: f.Name, number: 1}
	for ; lines.Scan(); at.number++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		b.text(at, lines.Bytes())
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		b.unreadable.add(&at, "", "is longer than %d bytes; the rest of the file was not read", MaxLine)
		return nil
	}
	return lines.Err()
}

var byteOrderMark = []byte("\ufeff")

// text reads one line.
func (b *batch) text(at line, text []byte) {
	if bytes.HasPrefix(text, byteOrderMark) {
		b.unreadable.add(&at, "", "begins with a byte order mark; save the file as UTF-8 without one")
		return
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return
	}
	l, evidence, err := parse(at, text)
	if err != nil {
		field, reason := explain(err)
		b.unreadable.add(&at, field, "%s", reason)
		return
	}
	b.take(l)
	for _, e := range evidence {
		b.take(e)
	}
}

// take numbers a line and enters it under the keys of its entity. A key belongs
// to one line, and two keys of one line differ.
func (b *batch) take(l *line) {
	l.index = len(b.lines)
	b.lines = append(b.lines, l)
	for i, key := range keys(l.record) {
		if first := b.local[key]; first != nil {
			b.twice.add(l, keyField(i), "%s was given already, at %s:%d", diplomacy.Shorten(key.String()), first.file, first.number)
			continue
		}
		b.local[key] = l
	}
}

// keyField is the field of the i-th of an entity's keys.
func keyField(i int) string {
	if i == 0 {
		return "slug"
	}
	return fmt.Sprintf("identifiers[%d]", i-1)
}
