package server

import (
	"context"
	"net"
	"syscall"
	"time"
)

// Listen listens on a TCP address, HOST:PORT, such that connections break when the
// client acknowledges nothing for 30 seconds of what it was sent. Otherwise a client
// whose machine or network is gone keeps its connection for a quarter of an hour:
// what it is sent waits in the kernel, so that no write deadline notices.
func Listen(ctx context.Context, address string) (net.Listener, error) {
	return listenConfig(unackedTime).Listen(ctx, "tcp", address)
}

func listenConfig(unacked time.Duration) *net.ListenConfig {
	return &net.ListenConfig{Control: func(_, _ string, c syscall.RawConn) (err error) {
		if failed := c.Control(func(fd uintptr) { err = breakUnacknowledged(fd, unacked) }); failed != nil {
			return failed
		}
		return err
	}}
}
