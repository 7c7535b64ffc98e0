package documents

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// object reads an object; member reads the value of each name.
func (r *reader) object(what string, member func(name string) error) error {
	if kind := r.dec.PeekKind(); kind != '{' {
		return r.unlike(what, "an object", kind)
	}
	_, err := r.dec.ReadToken()
	for err == nil && r.dec.PeekKind() != '}' {
		var name jsontext.Token
		if name, err = r.dec.ReadToken(); err == nil {
			err = member(name.String())
		}
	}
	if err == nil {
		_, err = r.dec.ReadToken()
	}
	return r.syntax(err)
}

func (r *reader) string(what string) (string, error) { return r.scalar(what, "a text", '"') }

func (r *reader) number(what string) (string, error) { return r.scalar(what, "a number", '0') }

func (r *reader) scalar(what, wanted string, kind jsontext.Kind) (string, error) {
	if is := r.dec.PeekKind(); is != kind {
		return "", r.unlike(what, wanted, is)
	}
	token, err := r.dec.ReadToken()
	if err != nil {
		return "", r.syntax(err)
	}
	return token.String(), nil
}

// end wants nothing behind the manifest.
func (r *reader) end() error {
	_, err := r.dec.ReadToken()
	if errors.Is(err, io.EOF) {
		return nil
	}
	return r.wrong("something follows the manifest")
}

// unlike says that a value is not of the kind that it should be; the decoder says it
// better if it is of none.
func (r *reader) unlike(what, wanted string, is jsontext.Kind) error {
	if is != 0 {
		at := int(r.dec.InputOffset())
		r.advance(at + len(r.text[at:]) - len(bytes.TrimLeft(r.text[at:], " \t\r\n:,"))) // to where it begins
		return r.wrong("%s is not %s", what, wanted)
	}
	_, err := r.dec.ReadToken()
	return r.syntax(err)
}

// syntax words an error of the decoder; faults of ours stay as they are.
func (r *reader) syntax(err error) error {
	if err == nil || errors.As(err, &fault{}) {
		return err
	}
	if wrong := (*jsontext.SyntacticError)(nil); errors.As(err, &wrong) && !errors.Is(err, io.ErrUnexpectedEOF) {
		r.advance(int(wrong.ByteOffset))
		return r.wrong("it is no JSON: %v", wrong.Err)
	}
	r.advance(len(bytes.TrimRight(r.text, "\n")))
	return r.wrong("it is no JSON: it ends too early")
}

func (r *reader) wrong(format string, args ...any) error {
	return fault{r.file, r.at(), fmt.Sprintf(format, args...)}
}

// at is the line of what was read last.
func (r *reader) at() int {
	r.advance(int(r.dec.InputOffset()))
	return r.line
}

func (r *reader) advance(to int) {
	if to = min(to, len(r.text)); to > r.counted {
		r.line += bytes.Count(r.text[r.counted:to], []byte("\n"))
		r.counted = to
	}
}
