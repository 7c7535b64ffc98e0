package transport

import (
	"context"
	"strconv"
)

// place is where a stream stands, for transports by which a client can come back
// to it.
type place struct{ last, now string }

type placeKey struct{}

func withPlace(ctx context.Context, p *place) context.Context {
	return context.WithValue(ctx, placeKey{}, p)
}

// CanStream reports whether the transport of a context carries more than one
// answer.
func CanStream(ctx context.Context) bool { return ctx.Value(placeKey{}) != nil }

// LastPlace is where a client that comes back stood, if it says so.
func LastPlace(ctx context.Context) (at uint64, ok bool) {
	p, _ := ctx.Value(placeKey{}).(*place)
	if p == nil {
		return 0, false
	}
	at, err := strconv.ParseUint(p.last, 10, 64)
	return at, err == nil
}

// SetPlace says where the stream stands with the answer that is being made.
func SetPlace(ctx context.Context, at uint64) {
	if p, _ := ctx.Value(placeKey{}).(*place); p != nil {
		p.now = strconv.FormatUint(at, 10)
	}
}
