package server

import (
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// breakUnacknowledged sets what the listener's connections inherit; see tcp(7).
func breakUnacknowledged(fd uintptr, timeout time.Duration) error {
	return os.NewSyscallError("setsockopt", unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT, int(timeout.Milliseconds())))
}
