package transport

import (
	"context"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/klauspost/compress/gzhttp"
)

// HTTP answers each operation once, as GraphQL over HTTP has it: queries by GET,
// HEAD or POST, mutations by POST. A JSON array of operations is answered by the
// array of their answers.
type HTTP struct {
	Options
	compressed func(http.Handler) http.HandlerFunc
}

var _ graphql.Transport = HTTP{}

// NewHTTP makes the transport. Answers over a kilobyte are compressed for clients
// that accept it.
func NewHTTP(options Options) HTTP {
	compressed, err := gzhttp.NewWrapper(gzhttp.MinSize(1<<10), gzhttp.EnableZstd(false),
		gzhttp.ContentTypes([]string{plainJSON, responseJSON}))
	if err != nil {
		panic(err) // of options that are written here
	}
	return HTTP{options, compressed}
}

// Supports takes every request: it is the last to be asked.
func (HTTP) Supports(*http.Request) bool { return true }

// Do answers the request.
func (t HTTP) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	t.compressed(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { t.respond(w, r, exec) })).ServeHTTP(w, r)
}

func (t HTTP) respond(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	room := t.Capacity.Bytes.Of(t.Client(r.Context()))
	body := room.Reader(r.Body)
	defer body.Release()
	r.Body = body
	w.Header().Add("Vary", "Authorization, Accept")
	if r.Method == http.MethodOptions {
		w.Header().Set("Allow", methods)
		w.WriteHeader(http.StatusNoContent)
		return
	}
	media := mediaFor(r.Header)
	if media == "" {
		refuse(w, plainJSON, &refusal{http.StatusNotAcceptable, "answers are " + responseJSON + " or " + plainJSON + ", in UTF-8"})
		return
	}
	all, batch, refused := readAll(r, t.MaxBatch)
	if refused != nil {
		refuse(w, media, refused)
		return
	}
	held := holding{room: room, asked: body.Taken()}
	defer held.release()
	again := newRepeat(r, media)
	responses := t.answerAll(withRepeat(r.Context(), again), exec, all, r.Method, &held)
	switch {
	case responses == nil: // nobody is there to be answered
	case batch:
		writeBatch(w, media, responses)
	default:
		write(w, media, responses[0], again)
	}
}

// answerAll answers operations one after another; nil if the client goes away meanwhile.
func (t HTTP) answerAll(ctx context.Context, exec graphql.GraphExecutor, all []*graphql.RawParams, method string, held *holding) []*graphql.Response {
	responses := make([]*graphql.Response, len(all))
	for i, params := range all {
		t.answer(ctx, exec, params, method, func(response *graphql.Response, written bool) bool {
			responses[i], _ = held.take(response, written)
			return true
		})
		if responses[i] == nil {
			return nil
		}
	}
	return responses
}
