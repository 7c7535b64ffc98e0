package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"chancery/access"
	"chancery/diplomacy"
	"chancery/feed"
	"chancery/graph/arguments"
	"chancery/graph/fetch"
	"chancery/graph/internal/charging"
	"chancery/graph/internal/codes"
	"chancery/graph/internal/serial"
	"chancery/graph/internal/transport"
	"chancery/graph/model"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// subscriptionResolver resolves the fields of Subscription.
type subscriptionResolver struct{}

func (subscriptionResolver) Transactions(ctx context.Context, after *int, touching map[string]any) (<-chan *diplomacy.Transaction, error) {
	return ctx.Value(streamKey{}).(*stream).begin(ctx, after, touching)
}

// feeds has a change feed for each role, since roles see different records of a
// transaction.
type feeds [access.Admin + 1]*feed.Feed

func newFeeds(s store.Store, options feed.Options) *feeds {
	all := new(feeds)
	for role := range all {
		all[role] = feed.New(access.Guard(s, access.Principal{Role: access.Role(role)}), options)
	}
	return all
}

// stream is a running subscription. It has no goroutine: the transport that requests the
// next response blocks until there is a transaction, and then passes it to the executor
// through the channel that the executor expects.
type stream struct {
	*feeds
	store     store.Store
	options   Options
	presenter presenter

	root     *graphql.FieldContext
	filter   feed.Filter
	follower *feed.Follower
	paid     diplomacy.TxNumber // the last transaction that was paid for
	role     access.Role        // whose feed it follows
	events   chan *diplomacy.Transaction
	ended    bool
}

type streamKey struct{}

// subscriptions returns a middleware that executes a subscription once for each event, each
// with an operation of its own that reads the state after the transaction. It runs inside
// withOperation.
func subscriptions(f *feeds, of store.Store, options Options, p presenter) graphql.OperationMiddleware {
	return func(ctx context.Context, execute graphql.OperationHandler) graphql.ResponseHandler {
		if graphql.GetOperationContext(ctx).Operation.Operation != ast.Subscription {
			return execute(ctx)
		}
		if reason := rejection(ctx); reason != "" {
			return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{{
				Message: reason, Extensions: map[string]any{"code": model.CodeBadInput},
			}}})
		}
		s := &stream{feeds: f, store: of, options: options, presenter: p, events: make(chan *diplomacy.Transaction, 1)}
		respond := execute(context.WithValue(ctx, streamKey{}, s))
		if s.follower == nil {
			return respond // it contains the error
		}
		return func(ctx context.Context) *graphql.Response { return s.next(ctx, respond) }
	}
}

// rejection returns why a subscription is rejected; empty if it is not. Validation ignores
// @skip and @include.
func rejection(ctx context.Context) string {
	operation := graphql.GetOperationContext(ctx)
	if !transport.CanStream(ctx) {
		return "subscriptions need WebSocket, or a request that accepts text/event-stream"
	}
	if n := len(graphql.CollectFields(operation, operation.Operation.SelectionSet, []string{"Subscription"})); n != 1 {
		return fmt.Sprintf("a subscription has one field; this has %d", n)
	}
	return ""
}

// begin starts to follow. A client that reconnects continues behind the last event it got.
func (s *stream) begin(ctx context.Context, after *int, touching map[string]any) (<-chan *diplomacy.Transaction, error) {
	var err error
	if s.filter, err = transactionFilter(ctx, touching); err != nil {
		return nil, err
	}
	if last, ok := transport.ResumePosition(ctx); ok {
		err = s.follow(ctx, access.PrincipalFrom(ctx), diplomacy.TxNumber(last))
	} else if after == nil {
		last, _ := s.store.Committed()
		err = s.follow(ctx, access.PrincipalFrom(ctx), last)
	} else if *after < 0 {
		err = &model.UserError{Code: model.CodeBadInput, Message: "after: transactions are counted from 1; 0 is before the first"}
	} else {
		err = s.follow(ctx, access.PrincipalFrom(ctx), diplomacy.TxNumber(*after))
	}
	if ahead := (*feed.AheadError)(nil); errors.As(err, &ahead) {
		err = &model.UserError{Code: model.CodeBadInput, Message: "after: " + ahead.Error()}
	}
	s.root = graphql.GetFieldContext(ctx)
	return s.events, err
}

// transactionFilter decodes the argument touching. The snapshot in which it looks up
// records is not kept while the subscription waits.
func transactionFilter(ctx context.Context, touching map[string]any) (feed.Filter, error) {
	operation := fetch.From(ctx)
	defer operation.Release()
	given := graphql.GetFieldContext(ctx).Field.ArgumentMap(graphql.GetOperationContext(ctx).Variables)
	raw, _ := given["touching"].(map[string]any)
	entities, err := operation.Named(ctx, "touching.entities", raw["entities"], nil, true)
	return arguments.TransactionFilter(touching, entities), err
}

// follow follows the feed of a principal's role from behind a transaction.
func (s *stream) follow(ctx context.Context, p access.Principal, after diplomacy.TxNumber) (err error) {
	s.role = p.Role
	s.follower, err = s.feeds[p.Role].Follow(ctx, after, s.filter)
	s.paid = after
	return err
}

// wait blocks until the next event, and returns its number and the principal. If the
// principal's role has changed, it continues on the feed of the new role.
func (s *stream) wait(ctx context.Context) (diplomacy.TxNumber, access.Principal, error) {
	for {
		var p access.Principal
		number, is, err := s.follower.NextWhile(ctx, func() bool {
			s.payForSearch(ctx)
			p = access.PrincipalFrom(ctx)
			return p.Role == s.role
		})
		if is || err != nil {
			return number, p, err
		}
		if err := s.follow(ctx, p, s.follower.After()); err != nil {
			return 0, p, err
		}
	}
}

// payForSearch charges 1 for each transaction that did not match the filter, or a search of
// all the past would be free.
func (s *stream) payForSearch(ctx context.Context) {
	after := s.follower.After()
	if passed := int64(after) - int64(s.paid); passed > 0 {
		_ = charging.MeterOf(ctx).Spend(ctx, passed) // the search ends with the context, too
	}
	s.paid = after
}

// turn blocks until the next event, and then until there is capacity for its response. If
// the principal's role has changed meanwhile, the event is looked for again.
func (s *stream) turn(ctx context.Context) (number diplomacy.TxNumber, p access.Principal, leave func(), err error) {
	for {
		if number, p, err = s.wait(ctx); err != nil {
			return 0, p, nil, err
		}
		if leave, err = charging.MeterOf(ctx).WaitForEvent(ctx); err != nil {
			return 0, p, nil, err
		}
		s.paid = number // the response is charged by itself
		now := access.PrincipalFrom(ctx)
		if now.Role == p.Role {
			return number, now, leave, nil
		}
		leave()
		if err := s.follow(ctx, now, number-1); err != nil {
			return 0, p, nil, err
		}
	}
}

// next blocks until the next event and returns its response; nil after the last.
func (s *stream) next(ctx context.Context, respond graphql.ResponseHandler) (response *graphql.Response) {
	defer func() {
		if cause := recover(); cause != nil {
			response = s.end(ctx, s.presenter.recovered(ctx, cause))
		}
	}()
	if s.ended {
		return nil
	}
	number, p, leave, err := s.turn(ctx)
	if err != nil {
		return s.end(ctx, err)
	}
	defer leave()
	ctx, operation := fetch.New(ctx, access.GuardWithLog(s.store, p, s.options.Logger), s.options.Now())
	operation.Count(serial.MeterFrom(ctx))
	operation.SetTimes(diplomacy.Time{}, number)
	defer operation.Release()
	transaction, err := operation.Transaction(ctx, number)
	if err == nil && transaction == nil {
		err = fmt.Errorf("read transaction %d, which was committed: %w", number, store.ErrNotFound)
	}
	if err != nil {
		return s.end(ctx, err)
	}
	transport.SetPosition(ctx, uint64(number))
	s.events <- transaction
	response = nullRoot(respond(graphql.WithFieldContext(ctx, s.root)), s.root)
	setRevision(response, number)
	return response
}

// end returns the last response.
func (s *stream) end(ctx context.Context, err error) *graphql.Response {
	s.ended = true
	if ctx.Err() != nil {
		return nil
	}
	var shown *gqlerror.Error
	if lagging := (*feed.LaggingError)(nil); errors.As(err, &lagging) {
		shown = &gqlerror.Error{Message: lagging.Error(), Extensions: map[string]any{"code": codes.Resume, "after": lagging.After}}
	} else {
		shown = s.presenter.present(ctx, err)
	}
	return &graphql.Response{Errors: gqlerror.List{shown}}
}

// nullRoot sets data to null if the root field is null, which its type forbids: the
// executor leaves such data as it is.
func nullRoot(response *graphql.Response, root *graphql.FieldContext) *graphql.Response {
	if response != nil && bytes.Equal(response.Data, []byte(`{"`+root.Field.Alias+`":null}`)) {
		response.Data = json.RawMessage("null")
	}
	return response
}
