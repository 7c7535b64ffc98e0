package streaming

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"

	"chancery/graph/internal/transport"

	"github.com/99designs/gqlgen/graphql"
	"github.com/coder/websocket"
)

// subprotocol is the name of the protocol of graphql-ws; its PROTOCOL.md defines the
// message types here and the codes in closereason.go.
const subprotocol = "graphql-transport-ws"

// Types of messages.
const (
	typeConnectionInit = "connection_init"
	typeConnectionAck  = "connection_ack"
	typePing           = "ping"
	typePong           = "pong"
	typeSubscribe      = "subscribe"
	typeNext           = "next"
	typeError          = "error"
	typeComplete       = "complete"
)

// message is a message of either side.
type message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// parseMessage reads a client's message; a close reason means that it violates the
// protocol.
func parseMessage(kind websocket.MessageType, data []byte) (message, *closeReason) {
	var m message
	if kind != websocket.MessageText {
		return m, invalidMessage("not a text message")
	}
	if !utf8.Valid(data) {
		return m, invalidUTF8
	}
	if transport.DecodeObject(data, map[string]any{"id": &m.ID, "type": &m.Type, "payload": &m.Payload}) != nil {
		return m, invalidMessage("not a JSON object")
	}
	hasPayload := len(m.Payload) > 0 && !bytes.Equal(m.Payload, []byte("null"))
	switch m.Type {
	case typeConnectionInit, typePing, typePong:
		if hasPayload && !transport.IsJSONObject(m.Payload) {
			return m, invalidMessage("the payload is not an object")
		}
	case typeSubscribe, typeComplete:
		if m.ID == "" {
			return m, invalidMessage("the id is missing")
		}
	default:
		return m, invalidMessage("unknown type, or one that only servers send")
	}
	return m, nil
}

// parseOperation reads the payload of a subscribe message.
func parseOperation(payload json.RawMessage) (*graphql.RawParams, *closeReason) {
	if transport.HasTooManyValues(payload) {
		return nil, invalidMessage("the payload holds too many values")
	}
	var query, documentID *string
	params := &graphql.RawParams{ReadTime: graphql.TraceTiming{Start: graphql.Now()}}
	if transport.DecodeObject(payload, map[string]any{
		"query": &query, "documentId": &documentID, "operationName": &params.OperationName,
		"variables": &params.Variables, "extensions": &params.Extensions,
	}) != nil {
		return nil, invalidMessage("the payload is not an operation")
	}
	if !transport.SetDocument(params, query, documentID) {
		return nil, invalidMessage("the payload has no query")
	}
	params.ReadTime.End = graphql.Now()
	return params, nil
}
