package graphtest

import (
	"net/http"
	"strings"
	"testing"
)

// Media types of responses.
const (
	PlainJSON    = "application/json; charset=utf-8"
	ResponseJSON = "application/graphql-response+json; charset=utf-8"
)

// A request for __typename and its response.
const (
	TypenameRequest  = `{"query": "{ __typename }"}`
	TypenameResponse = `{"data":{"__typename":"Query"}}`
)

// Secret must not occur in responses; requests contain it where a careless server would
// repeat it.
const Secret = "spill"

// Exchange is a request and its expected response.
type Exchange struct {
	Method string   // default: POST
	Query  string   // of the URL
	Header []string // names and values in turn; a body is application/json by default
	Body   string

	Status   int
	Media    string // not checked if empty
	Allow    string
	Response string // without extensions; if it ends in … the response must contain it
}

// Response is a response with its body.
type Response struct {
	StatusCode int
	Header     http.Header
	Text       string
}

// Send sends the request of an exchange and returns the response.
func (s *Server) Send(e Exchange) Response {
	s.T.Helper()
	if e.Method == "" {
		e.Method = http.MethodPost
	}
	request, err := http.NewRequestWithContext(s.T.Context(), e.Method, s.URL+"?"+e.Query, strings.NewReader(e.Body))
	if err != nil {
		s.T.Fatal(err)
	}
	if e.Body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(e.Header); i += 2 {
		request.Header.Set(e.Header[i], e.Header[i+1])
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		s.T.Fatal(err)
	}
	defer response.Body.Close()
	return Response{response.StatusCode, response.Header, ReadAll(s.T, response.Body)}
}

// Expect sends a request and compares the response with the expected one.
func (s *Server) Expect(t *testing.T, e Exchange) {
	t.Helper()
	response := s.Send(e)
	got := string(WithoutExtensions([]byte(response.Text)))
	if response.StatusCode != e.Status {
		t.Errorf("status %d, want %d: %s", response.StatusCode, e.Status, got)
	}
	if media := response.Header.Get("Content-Type"); e.Media != "" && media != e.Media {
		t.Errorf("Content-Type is %s, want %s", media, e.Media)
	}
	if allow := response.Header.Get("Allow"); allow != e.Allow {
		t.Errorf("Allow is %q, want %q", allow, e.Allow)
	}
	if part, cut := strings.CutSuffix(e.Response, "…"); got != e.Response && !(cut && strings.Contains(got, part)) {
		t.Errorf("response %s\nwant %s", got, e.Response)
	}
	if strings.Contains(got, Secret) || e.Status >= 400 && strings.Contains(got, `"data"`) {
		t.Errorf("the response repeats the request or has data: %s", got)
	}
}
