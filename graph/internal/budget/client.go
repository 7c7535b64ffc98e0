package budget

import (
	"context"
	"net/netip"

	"chancery/access"
)

// ClientKey returns the key of the client of a request: its principal, from whatever
// address; for anonymous requests the address, which is all that tells clients apart.
// IPv6 addresses are grouped by /64 network, since one machine may have all addresses
// of one.
func ClientKey(ctx context.Context) string {
	if principal := access.PrincipalFrom(ctx); principal.ID != "" || principal.Name != "" {
		return "by " + principal.ID + " " + principal.Name
	}
	remote := access.CallerFrom(ctx).Remote
	endpoint, err := netip.ParseAddrPort(remote)
	address := endpoint.Addr()
	if err != nil {
		if address, err = netip.ParseAddr(remote); err != nil {
			return "from " + remote
		}
	}
	address = address.Unmap().WithZone("")
	bits := 32
	if address.Is6() {
		bits = 64
	}
	network, _ := address.Prefix(bits) // the bits fit the address
	return "from " + network.String()
}
