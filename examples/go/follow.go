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

const longest = 8 << 20 // bytes of one event

// Why a stream ends.
var (
	errBroken = errors.New("the line broke")
	errEnough = errors.New("nobody listens any more")
)

// follow gives every transaction behind that number, and then each as it is written.
// When the line breaks, it goes on behind the last one that came: none is left out and
// none comes twice.
func (s *server) follow(ctx context.Context, after int) iter.Seq2[Transaction, error] {
	return func(yield func(Transaction, error) bool) {
		for {
			err := s.stream(ctx, after, func(t Transaction) error {
				after = t.Number
				if !yield(t, nil) {
					return errEnough
				}
				return nil
			})
			if errors.Is(err, errEnough) {
				return
			}
			if !errors.Is(err, errBroken) {
				yield(Transaction{}, fmt.Errorf("follow the feed after %d: %w", after, err))
				return
			}
			time.Sleep(500 * time.Millisecond)
		}
	}
}

// stream follows by server-sent events, which pass wherever HTTP passes.
func (s *server) stream(ctx context.Context, after int, see func(Transaction) error) error {
	body, err := json.Marshal(graphql.Request{OpName: "Follow", Query: Follow_Operation, Variables: __FollowInput{After: after}})
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.endpoint, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Accept", "text/event-stream")
	request.Header.Set("Content-Type", "application/json")
	response, err := s.http.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if kind := response.Header.Get("Content-Type"); kind != "text/event-stream" {
		return fmt.Errorf("%s, and no stream", response.Status)
	}
	lines := bufio.NewScanner(response.Body)
	lines.Buffer(nil, longest)
	for lines.Scan() {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok {
			continue
		}
		var next FollowResponse
		answer := graphql.Response{Data: &next}
		if err := json.Unmarshal([]byte(data), &answer); err != nil {
			return err
		}
		if len(answer.Errors) > 0 {
			return answer.Errors
		}
		if err := see(next.Transactions); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return errBroken
}
