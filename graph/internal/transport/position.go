package transport

import (
	"context"
	"strconv"
)

// Position is where a stream is in a feed, for transports that let clients resume:
// Resume is where the client was, as it says, and Current that of the last response.
type Position struct{ Resume, Current string }

type positionKey struct{}

// WithPosition returns the context of an operation whose transport can send more than
// one response.
func WithPosition(ctx context.Context, p *Position) context.Context {
	return context.WithValue(ctx, positionKey{}, p)
}

// CanStream reports whether the transport of a context can send more than one response.
func CanStream(ctx context.Context) bool { return ctx.Value(positionKey{}) != nil }

// ResumePosition returns the position after which a client resumes, if it says so.
func ResumePosition(ctx context.Context) (position uint64, ok bool) {
	p, _ := ctx.Value(positionKey{}).(*Position)
	if p == nil {
		return 0, false
	}
	position, err := strconv.ParseUint(p.Resume, 10, 64)
	return position, err == nil
}

// SetPosition sets the position of the response that is being made.
func SetPosition(ctx context.Context, position uint64) {
	if p, _ := ctx.Value(positionKey{}).(*Position); p != nil {
		p.Current = strconv.FormatUint(position, 10)
	}
}
