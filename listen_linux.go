package main

import (
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// breakAfter sets what the listener's connections inherit; see tcp(7).
func breakAfter(fd uintptr, most time.Duration) error {
	return os.NewSyscallError("setsockopt", unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT, int(most.Milliseconds())))
}
