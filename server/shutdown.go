package server

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Wait serves until the context ends and then shuts down, or returns the error with
// which serving failed.
func (s *Server) Wait(ctx context.Context) error {
	select {
	case err := <-s.failed:
		return err
	case <-ctx.Done():
		return s.Shutdown()
	}
}

// Shutdown ends streams, lets running requests finish, and cancels those that take
// longer than ten seconds. When it returns nil, no request is running. The metrics
// are served until Close.
func (s *Server) Shutdown() error {
	s.graph.shut()
	s.endStreams()
	err := s.drain(drainTime)
	s.cancel()
	if errors.Is(err, context.DeadlineExceeded) {
		err = s.drain(cancelTime)
	}
	if err != nil {
		return fmt.Errorf("shut down the server: some requests did not finish in time: %w", errors.Join(err, s.http.Close()))
	}
	return nil
}

func (s *Server) drain(timeout time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return errors.Join(s.http.Shutdown(ctx), s.graph.drain(ctx))
}

// Close breaks the connections that are left and ends the metrics.
func (s *Server) Close() error {
	err := s.http.Close()
	if s.metrics != nil {
		err = errors.Join(err, s.metrics.close())
	}
	return err
}
