package streaming

import (
	"encoding/json"
	"net/http"
	"strings"
)

// clientHeaders are the headers by which clients identify their program.
var clientHeaders = []string{
	"Graphql-Client-Name", "Graphql-Client-Version",
	"Apollographql-Client-Name", "Apollographql-Client-Version",
}

// withClientHeaders returns the headers of a socket's operations: those of the upgrade
// request and the client headers in the payload of connection_init, since browsers cannot
// set headers of a WebSocket.
func withClientHeaders(header http.Header, payload json.RawMessage) http.Header {
	var members map[string]json.RawMessage
	_ = json.Unmarshal(payload, &members) // the payload is an object or absent
	all := header.Clone()
	for key, value := range members {
		var text string
		name := clientHeader(key)
		if name != "" && json.Unmarshal(value, &text) == nil {
			all.Set(name, text)
		}
	}
	return all
}

func clientHeader(key string) string {
	for _, name := range clientHeaders {
		if strings.EqualFold(key, name) {
			return name
		}
	}
	return ""
}
