package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"strings"
	"time"

	"github.com/Khan/genqlient/graphql"
)

const maxEventBytes = 8 << 20

// Reasons for the end of a stream.
var (
	errDisconnected = errors.New("the connection was lost")
	errStopped      = errors.New("the caller stopped the iteration")
)

// follow returns every transaction after that number, including new ones. When the
// connection is lost it resumes after the last transaction that it received, so none is
// missing and none is repeated.
func (c *client) follow(ctx context.Context, after int) iter.Seq2[Transaction, error] {
	return func(yield func(Transaction, error) bool) {
		for {
			err := c.stream(ctx, after, func(t Transaction) error {
				after = t.Number
				if !yield(t, nil) {
					return errStopped
				}
				return nil
			})
			if errors.Is(err, errStopped) {
				return
			}
			if !errors.Is(err, errDisconnected) {
				yield(Transaction{}, fmt.Errorf("follow the feed after %d: %w", after, err))
				return
			}
			time.Sleep(500 * time.Millisecond)
		}
	}
}

// stream subscribes with server-sent events, which pass through every HTTP proxy, and
// calls handle for each transaction.
func (c *client) stream(ctx context.Context, after int, handle func(Transaction) error) error {
	body, err := json.Marshal(graphql.Request{OpName: "Follow", Query: Follow_Operation, Variables: __FollowInput{After: after}})
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpoint, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Accept", "text/event-stream")
	request.Header.Set("Content-Type", "application/json")
	response, err := c.http.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if kind := response.Header.Get("Content-Type"); kind != "text/event-stream" {
		return fmt.Errorf("no event stream: %s", response.Status)
	}
	lines := bufio.NewScanner(response.Body)
	lines.Buffer(nil, maxEventBytes)
	for lines.Scan() {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok {
			continue
		}
		var event FollowResponse
		result := graphql.Response{Data: &event}
		if err := json.Unmarshal([]byte(data), &result); err != nil {
			return err
		}
		if len(result.Errors) > 0 {
			return result.Errors
		}
		if err := handle(event.Transactions); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return errDisconnected
}
