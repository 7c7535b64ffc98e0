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
	"chancery/graph/internal/transport"
	"chancery/graph/model"
	"chancery/store"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// codeResume marks the end of a subscription that is to be made again, after the
// transaction in the extension of that name.
const codeResume = "RESUME"

// subscriptionResolver resolves the fields of Subscription.
type subscriptionResolver struct{}

func (subscriptionResolver) Transactions(ctx context.Context, after *int, touching map[string]any) (<-chan *diplomacy.Transaction, error) {
	return ctx.Value(streamKey{}).(*stream).begin(ctx, after, touching)
}

// feeds has a feed for each role: what a transaction touched differs by what one
// may see.
type feeds [access.Admin + 1]*feed.Feed

func newFeeds(s store.Store, options feed.Options) *feeds {
	all := new(feeds)
	for role := range all {
		all[role] = feed.New(access.Guard(s, access.Principal{Role: access.Role(role)}), options)
	}
	return all
}

// stream is a subscription that runs. It has no goroutine of its own: who asks for
// the next answer waits for the transaction, which then takes the executor's way
// through the channel that the executor wants.
type stream struct {
	*feeds
	store     store.Store
	options   Options
	presenter presenter

	root     *graphql.FieldContext
	which    feed.Filter
	follower *feed.Follower
	paid     diplomacy.TxNumber // up to which it was paid to look
	role     access.Role        // with whose eyes it follows
	events   chan *diplomacy.Transaction
	ended    bool
}

type streamKey struct{}

// subscriptions gives each event of a subscription an operation of its own, in the
// state that its transaction left. It goes within what gives operations to
// queries.
func subscriptions(f *feeds, of store.Store, options Options, p presenter) graphql.OperationMiddleware {
	return func(ctx context.Context, execute graphql.OperationHandler) graphql.ResponseHandler {
		if graphql.GetOperationContext(ctx).Operation.Operation != ast.Subscription {
			return execute(ctx)
		}
		if why := unfit(ctx); why != "" {
			return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{{
				Message: why, Extensions: map[string]any{"code": model.CodeBadInput},
			}}})
		}
		s := &stream{feeds: f, store: of, options: options, presenter: p, events: make(chan *diplomacy.Transaction, 1)}
		respond := execute(context.WithValue(ctx, streamKey{}, s))
		if s.follower == nil {
			return respond // which says what is wrong
		}
		return func(ctx context.Context) *graphql.Response { return s.next(ctx, respond) }
	}
}

// unfit says why a subscription cannot be answered, if it cannot. Validation takes
// two aliases of a field for one, and does not look at variables.
func unfit(ctx context.Context) string {
	operation := graphql.GetOperationContext(ctx)
	if !transport.CanStream(ctx) {
		return "a subscription is answered over WebSocket, or to who accepts text/event-stream"
	}
	if n := len(graphql.CollectFields(operation, operation.Operation.SelectionSet, []string{"Subscription"})); n != 1 {
		return fmt.Sprintf("a subscription has one field; this has %d", n)
	}
	return ""
}

// begin is the resolver. A client that comes back goes on where it was.
func (s *stream) begin(ctx context.Context, after *int, touching map[string]any) (<-chan *diplomacy.Transaction, error) {
	var err error
	if s.which, err = model.TransactionFilter(touching); err != nil {
		return nil, err
	}
	if last, ok := transport.LastPlace(ctx); ok {
		err = s.follow(ctx, access.Of(ctx), diplomacy.TxNumber(last))
	} else if after == nil {
		last, _ := s.store.Committed()
		err = s.follow(ctx, access.Of(ctx), last)
	} else if *after < 0 {
		err = &model.UserError{Code: model.CodeBadInput, Message: "after: transactions are counted from 1; 0 is before the first"}
	} else {
		err = s.follow(ctx, access.Of(ctx), diplomacy.TxNumber(*after))
	}
	if ahead := (*feed.AheadError)(nil); errors.As(err, &ahead) {
		err = &model.UserError{Code: model.CodeBadInput, Message: "after: " + ahead.Error()}
	}
	s.root = graphql.GetFieldContext(ctx)
	return s.events, err
}

// follow follows with the eyes of somebody, from behind a transaction.
func (s *stream) follow(ctx context.Context, p access.Principal, after diplomacy.TxNumber) (err error) {
	s.role = p.Role
	s.follower, err = s.feeds[p.Role].Follow(ctx, after, s.which)
	s.paid = after
	return err
}

// wait gives the number of the next event, and who it is for: he may have another
// role than when he began, and goes on with other eyes.
func (s *stream) wait(ctx context.Context) (diplomacy.TxNumber, access.Principal, error) {
	for {
		var p access.Principal
		number, is, err := s.follower.NextWhile(ctx, func() bool {
			s.payForSearch(ctx)
			p = access.Of(ctx)
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

// payForSearch pays 1 for each transaction that did not pass the filter: whoever
// searches all the past for what is not there would else be served for nothing.
func (s *stream) payForSearch(ctx context.Context) {
	after := s.follower.After()
	if passed := int64(after) - int64(s.paid); passed > 0 {
		_ = accountOf(ctx).pay(ctx, passed) // the search ends with the context, too
	}
	s.paid = after
}

// turn waits for the next event, and then for its turn. Who has become another while
// he waited for that looks at the event again, with other eyes.
func (s *stream) turn(ctx context.Context) (number diplomacy.TxNumber, p access.Principal, leave func(), err error) {
	for {
		if number, p, err = s.wait(ctx); err != nil {
			return 0, p, nil, err
		}
		if leave, err = accountOf(ctx).turn(ctx); err != nil {
			return 0, p, nil, err
		}
		s.paid = number // by what is taken for the answer
		now := access.Of(ctx)
		if now.Role == p.Role {
			return number, now, leave, nil
		}
		leave()
		if err := s.follow(ctx, now, number-1); err != nil {
			return 0, p, nil, err
		}
	}
}

// next waits for the next event and answers it; nil when there are no more.
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
	ctx, operation := model.NewOperation(ctx, access.GuardLogging(s.store, p, s.options.Logger), s.options.Now())
	operation.SetTimes(diplomacy.Time{}, number)
	defer operation.Release()
	transaction, err := model.TransactionOf(ctx, number)
	if err == nil && transaction == nil {
		err = fmt.Errorf("read transaction %d, which was committed: %w", number, store.ErrNotFound)
	}
	if err != nil {
		return s.end(ctx, err)
	}
	transport.SetPlace(ctx, uint64(number))
	s.events <- transaction
	response = whole(respond(graphql.WithFieldContext(ctx, s.root)), s.root)
	mark(response, number)
	return response
}

// end is the last answer.
func (s *stream) end(ctx context.Context, err error) *graphql.Response {
	s.ended = true
	if ctx.Err() != nil {
		return nil
	}
	var shown *gqlerror.Error
	if lagging := (*feed.LaggingError)(nil); errors.As(err, &lagging) {
		shown = &gqlerror.Error{Message: lagging.Error(), Extensions: map[string]any{"code": codeResume, "after": lagging.After}}
	} else {
		shown = s.presenter.present(ctx, err)
	}
	return &graphql.Response{Errors: gqlerror.List{shown}}
}

// whole makes the answer null where the executor leaves a null in the root's
// field, which is never null.
func whole(response *graphql.Response, root *graphql.FieldContext) *graphql.Response {
	if response != nil && bytes.Equal(response.Data, []byte(`{"`+root.Field.Alias+`":null}`)) {
		response.Data = json.RawMessage("null")
	}
	return response
}
