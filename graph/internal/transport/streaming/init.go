package streaming

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"chancery/access"
	"chancery/graph/internal/variables"
)

// initialize handles connection_init: it authenticates the client.
func (s *socket) initialize(payload json.RawMessage) *closeReason {
	if s.session.Load() != nil {
		return tooManyInits
	}
	s.initTimer.Stop()
	session, err := s.authenticate(payload)
	if err != nil {
		return s.rejected(err)
	}
	if session.principal().Role < access.Reader {
		return forbidden
	}
	s.header = withClientHeaders(s.request.Header, payload)
	s.session.Store(session)
	s.send(message{Type: typeConnectionAck})
	return nil
}

// authenticate returns the session of the token in the payload, or of the upgrade request
// if the payload has none.
func (s *socket) authenticate(payload json.RawMessage) (*session, error) {
	var members map[string]json.RawMessage
	_ = json.Unmarshal(payload, &members) // the payload is an object or absent
	for name, value := range members {
		if s.options.Authenticate == nil || !strings.EqualFold(name, "authorization") {
			continue
		}
		var credentials string
		_ = json.Unmarshal(value, &credentials) // anything but a string is no token
		scheme, token, _ := strings.Cut(strings.TrimSpace(credentials), " ")
		if !strings.EqualFold(scheme, "Bearer") || strings.TrimSpace(token) == "" {
			return nil, access.ErrUnauthenticated
		}
		ctx, cancel := context.WithTimeout(s.ctx, s.options.InitTimeout)
		defer cancel()
		token = strings.TrimSpace(token)
		principal, err := s.options.Authenticate.Authenticate(ctx, token)
		return newSession(s.options.Authenticate, token, principal), err
	}
	return sessionOf(s.options.Authenticate, s.request), nil
}

// rejected returns why a client is not accepted; internal errors are logged.
func (s *socket) rejected(err error) *closeReason {
	switch {
	case errors.Is(err, access.ErrUnavailable):
		return cannotVerifyToken
	case isRejection(err):
		return forbidden
	}
	s.options.Logger.ErrorContext(s.ctx, "verifying the token of a socket failed", "error", err)
	return internalError
}

// revoked returns why a client that was accepted is not accepted any longer.
func (s *socket) revoked(err error) *closeReason {
	if !isRejection(err) {
		return s.rejected(err)
	}
	return &closeReason{forbidden.code, variables.Truncate(forbidden.text+": "+err.Error(), maxReasonBytes)}
}
