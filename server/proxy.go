package server

import (
	"net/http"
	"net/netip"
	"strings"
)

// trustForwardedFor takes the client's address from X-Forwarded-For. Only its last entry is
// written by the proxy in front of the server; the client may have sent the others.
func trustForwardedFor(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		all := r.Header.Values("X-Forwarded-For")
		if len(all) > 0 {
			last := all[len(all)-1]
			last = strings.TrimSpace(last[strings.LastIndex(last, ",")+1:])
			if address, err := netip.ParseAddr(last); err == nil {
				request := *r
				request.RemoteAddr = netip.AddrPortFrom(address, 0).String()
				r = &request
			}
		}
		next.ServeHTTP(w, r)
	})
}
