package transport

import (
	"fmt"
	"net/http"

	"chancery/graph/internal/capacity"
	"chancery/graph/internal/codes"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// retryAfter is the number of seconds after which an overloaded server should be tried
// again.
const retryAfter = 1

// Overloaded returns the response to an operation that exceeds the server's capacity,
// and of which nothing was run.
func Overloaded() *graphql.Response {
	return &graphql.Response{Errors: gqlerror.List{{
		Message:    "the server is overloaded, or this client has too many requests open; try again in a moment",
		Extensions: map[string]any{"code": codes.Overloaded, "retryAfter": retryAfter},
	}}}
}

// WriteOverloaded rejects a request for lack of capacity, before it is read.
func WriteOverloaded(w http.ResponseWriter, media string) { write(w, media, Overloaded(), nil) }

// ResponseBuffer reserves a client's quota of buffered bytes for responses until they are
// written, since clients may be slow.
type ResponseBuffer struct {
	quota    capacity.ClientQuota
	request  int64 // bytes of the quota that the request itself holds
	reserved int64
}

// NewResponseBuffer returns a buffer in which nothing is reserved; the request holds a
// part of the same quota.
func NewResponseBuffer(quota capacity.ClientQuota, request int64) *ResponseBuffer {
	return &ResponseBuffer{quota: quota, request: request}
}

// Add reserves the bytes of a response and returns it. If they exceed the quota it
// returns an error response instead, unless the operation was a mutation, whose outcome
// the client must learn.
func (b *ResponseBuffer) Add(response *graphql.Response, isMutation bool) (result *graphql.Response, fits bool) {
	size, limit := int64(len(response.Data)), b.quota.Max()-b.request
	switch {
	case b.quota.Reserve(size):
		b.reserved += size
	case b.reserved+size > limit && !isMutation:
		return tooLarge(b.reserved+size, limit), false
	case !isMutation:
		return Overloaded(), false
	}
	return response, true
}

// tooLarge is the response where the quota can never hold the whole; of a batch all
// responses count.
func tooLarge(size, limit int64) *graphql.Response {
	return &graphql.Response{Errors: gqlerror.List{{
		Message:    fmt.Sprintf("the response has %d bytes; the limit is %d: split the request", size, limit),
		Extensions: map[string]any{"code": codes.Limit},
	}}}
}

// Release releases all reserved bytes.
func (b *ResponseBuffer) Release() { b.quota.Release(b.reserved) }
