package transport

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/coder/websocket"
)

// subprotocol is the name of the protocol; see PROTOCOL.md of graphql-ws, whose
// words the types and close codes below are.
const subprotocol = "graphql-transport-ws"

// Types of messages.
const (
	connectionInit = "connection_init"
	connectionAck  = "connection_ack"
	pingType       = "ping"
	pongType       = "pong"
	subscribe      = "subscribe"
	next           = "next"
	failed         = "error"
	complete       = "complete"
)

// message is what goes either way.
type message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// closing is why the server closes a socket.
type closing struct {
	code   websocket.StatusCode
	reason string
}

// maxReason is how many bytes of a reason a frame holds.
const maxReason = 123

// Why a socket is closed.
var (
	unauthorized  = &closing{4401, "Unauthorized"}
	forbidden     = &closing{4403, "Forbidden"}
	notAcceptable = &closing{4406, "Subprotocol not acceptable"}
	initTimeout   = &closing{4408, "Connection initialisation timeout"}
	tooManyInits  = &closing{4429, "Too many initialisation requests"}
	notUTF8       = &closing{websocket.StatusInvalidFramePayloadData, "Not in UTF-8"}
	internalError = &closing{4500, "Internal server error"}
	tryAgain      = &closing{websocket.StatusTryAgainLater, "Cannot tell who asks now"}
	overloaded    = &closing{websocket.StatusTryAgainLater, "No room for this now"}
	goingAway     = &closing{websocket.StatusGoingAway, "Server is going away"}
)

func invalid(why string) *closing { return &closing{4400, "Invalid message received: " + why} }

func alreadyExists(id string) *closing {
	return &closing{4409, "Subscriber for " + shortened(id, 64) + " already exists"}
}

// shortened cuts a text to so many bytes, between letters.
func shortened(text string, most int) string {
	for len(text) > most {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	return text
}

// parse reads a message; what it does not take is not of the protocol.
func parse(kind websocket.MessageType, data []byte) (message, *closing) {
	var m message
	if kind != websocket.MessageText {
		return m, invalid("not a text")
	}
	if !utf8.Valid(data) {
		return m, notUTF8
	}
	if err := json.Unmarshal(data, &m); err != nil || !isObject(data) {
		return m, invalid("not a message in JSON")
	}
	payload := len(m.Payload) > 0 && !bytes.Equal(m.Payload, []byte("null"))
	switch m.Type {
	case connectionInit, pingType, pongType:
		if payload && !isObject(m.Payload) {
			return m, invalid("its payload is no object")
		}
	case subscribe, complete:
		if m.ID == "" {
			return m, invalid("it has no id")
		}
	default:
		return m, invalid("there is no such type for clients")
	}
	return m, nil
}

func isObject(data []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) }

// parseOperation reads the payload of a subscribe message.
func parseOperation(payload json.RawMessage) (*graphql.RawParams, *closing) {
	if len(payload) > maxValues/anObjectIs && valuesIn(payload) > maxValues {
		return nil, invalid("its payload holds too many values")
	}
	var given struct {
		graphql.RawParams
		DocumentID *string `json:"documentId"`
	}
	params := &given.RawParams
	params.ReadTime.Start = graphql.Now()
	if !isObject(payload) || decode(bytes.NewReader(payload), &given) != nil {
		return nil, invalid("its payload is no operation")
	}
	if !name(params, nil, given.DocumentID) && params.Query == "" {
		return nil, invalid("its payload has no query")
	}
	params.ReadTime.End = graphql.Now()
	return params, nil
}
