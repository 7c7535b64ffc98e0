package budget

import (
	"net/netip"

	"chancery/access"
)

// Client names the bucket of who asks: by the credentials, whatever address they come
// from; without any, by the address, since nothing else tells callers apart. Of IPv6
// it is the network of 64 bits, all addresses of which one machine may have.
func Client(asker access.Principal, from access.Caller) string {
	if asker.ID != "" || asker.Name != "" {
		return "by " + asker.ID + " " + asker.Name
	}
	at, err := netip.ParseAddrPort(from.Remote)
	address := at.Addr()
	if err != nil {
		if address, err = netip.ParseAddr(from.Remote); err != nil {
			return "from " + from.Remote
		}
	}
	address = address.Unmap().WithZone("")
	bits := 32
	if address.Is6() {
		bits = 64
	}
	network, _ := address.Prefix(bits) // which fits the address
	return "from " + network.String()
}
