package main

import (
	"net"
	"syscall"
	"time"
)

// listening makes listeners whose connections break when the other end has not
// acknowledged for so long what it was sent. Else a client whose machine or network
// has gone, and cannot say so, is written to for a quarter of an hour: what it is sent
// waits in the kernel, so that no deadline for writing notices.
func listening(most time.Duration) *net.ListenConfig {
	return &net.ListenConfig{Control: func(_, _ string, c syscall.RawConn) (err error) {
		if failed := c.Control(func(fd uintptr) { err = breakAfter(fd, most) }); failed != nil {
			return failed
		}
		return err
	}}
}
