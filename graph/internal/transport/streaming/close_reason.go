package streaming

import (
	"chancery/graph/internal/variables"

	"github.com/coder/websocket"
)

// closeReason is the code and text with which the server closes a socket.
type closeReason struct {
	code websocket.StatusCode
	text string
}

// maxReasonBytes is how long the text in a close frame may be (RFC 6455, section 5.5).
const maxReasonBytes = 123

// Reasons of closing; codes from 4400 are those of graphql-ws.
var (
	unauthorized      = &closeReason{4401, "Unauthorized"}
	forbidden         = &closeReason{4403, "Forbidden"}
	notAcceptable     = &closeReason{4406, "Subprotocol not acceptable"}
	initTimeout       = &closeReason{4408, "Connection initialisation timeout"}
	tooManyInits      = &closeReason{4429, "Too many initialisation requests"}
	invalidUTF8       = &closeReason{websocket.StatusInvalidFramePayloadData, "Invalid UTF-8"}
	internalError     = &closeReason{4500, "Internal server error"}
	cannotVerifyToken = &closeReason{websocket.StatusTryAgainLater, "Token cannot be verified now"}
	overloaded        = &closeReason{websocket.StatusTryAgainLater, "Server is overloaded"}
	goingAway         = &closeReason{websocket.StatusGoingAway, "Server is going away"}
)

func invalidMessage(detail string) *closeReason {
	return &closeReason{4400, "Invalid message received: " + detail}
}

func alreadyExists(id string) *closeReason {
	return &closeReason{4409, "Subscriber for " + variables.Truncate(id, 64) + " already exists"}
}
