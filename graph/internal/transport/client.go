package transport

import (
	"encoding/json"
	"net/http"
	"strings"
)

// clientHeaders are those by which a client says what program it is.
var clientHeaders = []string{
	"Graphql-Client-Name", "Graphql-Client-Version",
	"Apollographql-Client-Name", "Apollographql-Client-Version",
}

// identified is the header of a socket's operations: that of the request which
// became the socket, with what the client says of itself in the payload of its
// beginning. A browser can send no headers of its own with a socket.
func identified(header http.Header, payload json.RawMessage) http.Header {
	var given map[string]json.RawMessage
	_ = json.Unmarshal(payload, &given) // it is an object, or not there
	whole := header.Clone()
	for key, value := range given {
		var text string
		name := clientHeader(key)
		if name != "" && json.Unmarshal(value, &text) == nil {
			whole.Set(name, text)
		}
	}
	return whole
}

func clientHeader(key string) string {
	for _, name := range clientHeaders {
		if strings.EqualFold(key, name) {
			return name
		}
	}
	return ""
}
