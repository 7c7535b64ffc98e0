package graphtest

import (
	"net/http"
	"net/url"
	"strings"
)

// Stream is a response whose body is closed when the test ends.
type Stream struct{ *http.Response }

// Events requests an operation as server-sent events; headers are names and values in turn
// and may ask for another media type.
func (s *Server) Events(method, query string, header ...string) Stream {
	s.T.Helper()
	address, body := s.URL, ""
	if method == http.MethodGet {
		address += "?query=" + url.QueryEscape(query)
	} else {
		body = `{"query": "` + query + `"}`
		header = append([]string{"Content-Type", "application/json"}, header...)
	}
	request, err := http.NewRequestWithContext(s.T.Context(), method, address, strings.NewReader(body))
	if err != nil {
		s.T.Fatal(err)
	}
	request.Header.Set("Accept", "text/event-stream")
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.T.Fatal(err)
	}
	s.T.Cleanup(func() { response.Body.Close() })
	return Stream{response}
}
