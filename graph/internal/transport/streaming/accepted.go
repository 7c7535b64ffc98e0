package streaming

import (
	"net/http"
	"strings"

	"chancery/graph/internal/transport"

	"github.com/99designs/gqlgen/graphql"
)

// For returns the stream that a client accepts beside one response, the one it prefers of
// several; nil if it accepts none.
func For(r *http.Request, options transport.Options) transport.Stream {
	accept := strings.ToLower(strings.Join(r.Header.Values("Accept"), ","))
	if !maySendStream(r) || !strings.Contains(accept, eventStreamMedia) && !strings.Contains(accept, multipartMixed) {
		return nil // saves parsing for most requests
	}
	_, events := transport.Accepts(r.Header, eventStreamMedia)
	parameters, multipart := transport.Accepts(r.Header, multipartMixed)
	if parameters["subscriptionspec"] != subscriptionSpec {
		multipart = 0
	}
	switch {
	case events > 0 && events >= multipart:
		return stream(options, sseFormat, r.Header.Get("Last-Event-ID"))
	case multipart > 0:
		return stream(options, multipartFormat, "")
	}
	return nil
}

func stream(options transport.Options, f format, position string) transport.Stream {
	return func(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor, params *graphql.RawParams, size int64) {
		held := options.Capacity.StreamRequests.For(options.ClientKey(r.Context()))
		if !held.Reserve(size) {
			transport.WriteOverloaded(w, transport.ErrorMedia(r.Header))
			return
		}
		defer held.Release(size)
		streamOperation(w, r, exec, params, options, f, position)
	}
}
