package documents

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// object reads an object and calls member with each name to read its value.
func (r *reader) object(what string, member func(name string) error) error {
	if kind := r.dec.PeekKind(); kind != '{' {
		return r.wrongKind(what, "an object", kind)
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

func (r *reader) string(what string) (string, error) { return r.scalar(what, "a string", '"') }

func (r *reader) number(what string) (string, error) { return r.scalar(what, "a number", '0') }

func (r *reader) scalar(what, wanted string, kind jsontext.Kind) (string, error) {
	if actual := r.dec.PeekKind(); actual != kind {
		return "", r.wrongKind(what, wanted, actual)
	}
	token, err := r.dec.ReadToken()
	if err != nil {
		return "", r.syntax(err)
	}
	return token.String(), nil
}

// end fails if anything follows the manifest.
func (r *reader) end() error {
	_, err := r.dec.ReadToken()
	if errors.Is(err, io.EOF) {
		return nil
	}
	return r.invalid("trailing data after the manifest")
}

// wrongKind returns the error of a value of the wrong kind; if the value has no valid
// kind, that of the decoder.
func (r *reader) wrongKind(what, wanted string, actual jsontext.Kind) error {
	if actual != 0 {
		at := int(r.dec.InputOffset())
		r.advance(at + len(r.text[at:]) - len(bytes.TrimLeft(r.text[at:], " \t\r\n:,"))) // to the value's first byte
		return r.invalid("%s is not %s", what, wanted)
	}
	_, err := r.dec.ReadToken()
	return r.syntax(err)
}

// syntax turns an error of the decoder into a problem.
func (r *reader) syntax(err error) error {
	if err == nil || errors.As(err, &problem{}) {
		return err
	}
	if syntactic := (*jsontext.SyntacticError)(nil); errors.As(err, &syntactic) && !errors.Is(err, io.ErrUnexpectedEOF) {
		r.advance(int(syntactic.ByteOffset))
		return r.invalid("invalid JSON: %v", syntactic.Err)
	}
	r.advance(len(bytes.TrimRight(r.text, "\n")))
	return r.invalid("invalid JSON: unexpected end of file")
}

func (r *reader) invalid(format string, args ...any) error {
	return problem{r.file, r.currentLine(), fmt.Sprintf(format, args...)}
}

// currentLine returns the line of the last token.
func (r *reader) currentLine() int {
	r.advance(int(r.dec.InputOffset()))
	return r.line
}

// advance counts the lines up to an offset.
func (r *reader) advance(to int) {
	if to = min(to, len(r.text)); to > r.counted {
		r.line += bytes.Count(r.text[r.counted:to], []byte("\n"))
		r.counted = to
	}
}
