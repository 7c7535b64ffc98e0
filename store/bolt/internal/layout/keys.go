package layout

import (
	"encoding/binary"
	"math/bits"

	"chancery/diplomacy"
	"chancery/store"
)

// AppendUint64 appends a number in such a way that bytes sort as numbers do.
func AppendUint64[N ~uint64](to []byte, n N) []byte {
	return binary.BigEndian.AppendUint64(to, uint64(n))
}

// Uint64 decodes a number at the beginning of a key or value.
func Uint64(from []byte) uint64 { return binary.BigEndian.Uint64(from) }

// ID decodes an ID at the beginning of a key or value.
func ID(from []byte) diplomacy.ID { return diplomacy.ID(Uint64(from)) }

// TxNumber decodes the number of a transaction at the beginning of a key or value.
func TxNumber(from []byte) diplomacy.TxNumber { return diplomacy.TxNumber(Uint64(from)) }

// RecordKey returns the key of a record. It begins with the kind, so that records of
// one kind lie together, in the order in which they were created.
func RecordKey(id diplomacy.ID) []byte { return appendRecordKey(make([]byte, 0, 8), id) }

func appendRecordKey(to []byte, id diplomacy.ID) []byte {
	return AppendUint64(to, bits.RotateLeft64(uint64(id), -8))
}

// RecordID returns the ID whose RecordKey a key is.
func RecordID(key []byte) diplomacy.ID {
	return diplomacy.ID(bits.RotateLeft64(Uint64(key), 8))
}

// StartKey encodes the start of a link so that it sorts as instants do; an unknown
// start is diplomacy.Past and sorts first.
func StartKey(start diplomacy.Instant) uint64 { return uint64(start) ^ 1<<63 }

// The sizes of the parts of a link's key, in bytes.
const (
	ArcSize       = 8 + 1 + 1 // entity, kind and direction, by which counters count
	PositionSize  = 8 + 8 + 8 // start, node and via: the position among the links of an arc
	StartNodeSize = 8 + 8     // start and node, of which store.LinkQuery.Distinct shows one link
)

// ArcKey appends the prefix of the keys of an entity's links along an arc.
func ArcKey(to []byte, of diplomacy.ID, arc store.Arc) []byte {
	return append(AppendUint64(to, of), byte(arc.Kind), byte(arc.Direction))
}

// LinkVia returns the record that links, given the key of a link.
func LinkVia(key []byte) diplomacy.ID { return ID(key[ArcSize+StartNodeSize:]) }

// ListKey returns the prefix of the keys of a list.
func ListKey(kind diplomacy.Kind, order store.ListOrder) []byte {
	return []byte{byte(kind), byte(order)}
}

// maxSortName limits the part of a folded name that is in its key, in bytes.
const maxSortName = 64

// nameKey appends a name so that keys sort as names do: it ends in a zero byte, which
// no name contains, so a name sorts before those that continue it.
func nameKey(to []byte, name string) []byte {
	folded := store.FoldName(name)
	return append(append(to, folded[:min(len(folded), maxSortName)]...), 0)
}

// ListedName returns the beginning of the folded main name in a key of a list by name,
// given without its ListKey.
func ListedName(rest []byte) []byte { return rest[:len(rest)-9] }

// SlugKey returns the key of a slug. It ends in a zero byte, so that no key is the
// prefix of another.
func SlugKey(kind diplomacy.Kind, slug string) []byte {
	return append(append([]byte{'s', byte(kind)}, slug...), 0)
}

// IdentifierKey returns the key of an identifier. Its parts end in zero bytes, so that
// no key is the prefix of another.
func IdentifierKey(scheme, value string) []byte {
	key := append(append([]byte{'i'}, scheme...), 0)
	return append(append(key, value...), 0)
}

// Value returns the value of an entry: of a current one since is the transaction that
// wrote it, of a closed one that which closed it.
func Value(since diplomacy.TxNumber, payload []byte) []byte {
	return append(AppendUint64(make([]byte, 0, 8+len(payload)), since), payload...)
}

// ClosedKey returns the key of a closed entry: its key while it was current, then the
// transaction that wrote it.
func ClosedKey(key []byte, since diplomacy.TxNumber) []byte {
	return AppendUint64(append(make([]byte, 0, len(key)+8), key...), since)
}

// ChangeKey returns the key of a change at a position in its transaction.
func ChangeKey(n diplomacy.TxNumber, position int) []byte {
	return binary.BigEndian.AppendUint32(AppendUint64(nil, n), uint32(position))
}
