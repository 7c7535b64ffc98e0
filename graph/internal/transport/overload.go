package transport

import (
	"fmt"
	"net/http"

	"chancery/graph/internal/capacity"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// codeOverload is that of what was turned away because there is too much to do.
const codeOverload = "OVERLOADED"

// laterIn is after how many seconds it is worth trying again.
const laterIn = 1

// noRoom refuses a request whose body there is no room for.
var noRoom = &refusal{http.StatusServiceUnavailable, "there is no room"}

// Overloaded is the answer to an operation that there is no room for. Nothing of it
// was run.
func Overloaded() *graphql.Response {
	return &graphql.Response{Errors: gqlerror.List{{
		Message:    "the server has too much to do, or you have too much open; try again in a moment",
		Extensions: map[string]any{"code": codeOverload, "retryAfter": laterIn},
	}}}
}

// shed turns a request away before it is read.
func shed(w http.ResponseWriter, media string) { write(w, media, Overloaded(), nil) }

// holding is the room that answers take until they are written, since clients may be
// slow.
type holding struct {
	room  capacity.Room
	asked int64 // what the request itself has of it meanwhile
	size  int64
}

// take takes room for an answer. Where there is none, the answer is that there is
// none; but not if it tells of what was written.
func (h *holding) take(response *graphql.Response, written bool) (told *graphql.Response, fits bool) {
	size, most := int64(len(response.Data)), h.room.Most()-h.asked
	switch {
	case h.room.Take(size):
		h.size += size
	case h.size+size > most && !written:
		return tooLong(h.size+size, most), false
	case !written:
		return Overloaded(), false
	}
	return response, true
}

// tooLong is the answer where there can never be room for the whole, of a batch for all of
// it.
func tooLong(size, most int64) *graphql.Response {
	return &graphql.Response{Errors: gqlerror.List{{
		Message:    fmt.Sprintf("the answer has %d bytes; it may have %d: ask in parts", size, most),
		Extensions: map[string]any{"code": CodeLimit},
	}}}
}

func (h *holding) release() { h.room.Give(h.size) }
