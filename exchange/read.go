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

// MaxLine is the maximum length of a line, in bytes.
const MaxLine = 8 << 20

// File is one input. Faults have its Name.
type File struct {
	Name string
	io.Reader
}

// batch holds everything that an import has read.
type batch struct {
	lines []*line
	local map[reference]*line // entities by their keys
	// Lines that cannot be parsed hide further faults; duplicate keys do not.
	unreadable, twice Refused
}

// read reads all files. It returns the errors of readers; faults of the text are
// recorded in the batch.
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

// text parses one line.
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

// take numbers a line and indexes it by the keys of its entity. It rejects a key that
// another line has, and two equal keys of one line.
func (b *batch) take(l *line) {
	l.index = len(b.lines)
	b.lines = append(b.lines, l)
	for i, key := range keys(l.record) {
		if first := b.local[key]; first != nil {
			b.twice.add(l, keyField(i), "%s is also given at %s:%d", diplomacy.Shorten(key.String()), first.file, first.number)
			continue
		}
		b.local[key] = l
	}
}

// keyField returns the field of the i-th of an entity's keys.
func keyField(i int) string {
	if i == 0 {
		return "slug"
	}
	return fmt.Sprintf("identifiers[%d]", i-1)
}
