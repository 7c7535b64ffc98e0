package layout

import (
	"chancery/diplomacy"
	"chancery/store"
)

// CounterKey is the key of a counter: an arc of an entity, or a kind of entity; behind
// RestrictedLink or RestrictedRecord it counts the restricted ones of them, behind
// DeprecatedLink the deprecated ones.
type CounterKey struct {
	size int
	key  [1 + ArcSize]byte
}

// Bytes returns the key as it is in the file.
func (c *CounterKey) Bytes() []byte { return c.key[:c.size] }

// NewCounterKey makes a CounterKey of its bytes.
func NewCounterKey(key []byte) CounterKey {
	c := CounterKey{size: len(key)}
	copy(c.key[:], key)
	return c
}

// CounterOf returns the counter of an entry. Only links, one list of each kind, and
// restricted records and links are counted.
func CounterOf(t Table, key []byte) (CounterKey, bool) {
	switch {
	case t == Links:
		return NewCounterKey(key[:ArcSize]), true
	case t == Lists && key[1] == byte(store.ByID):
		return NewCounterKey(key[:1]), true
	case t == Restricted && key[0] == RestrictedLink:
		return NewCounterKey(key[:1+ArcSize]), true
	case t == Restricted && key[0] == RestrictedRecord:
		return NewCounterKey(key[:2]), true
	}
	return CounterKey{}, false
}

// RestrictedArc returns the key of the counter of the restricted links along an arc.
func RestrictedArc(arc []byte) []byte { return append([]byte{RestrictedLink}, arc...) }

// DeprecatedLink is the first byte of the counters of deprecated links.
const DeprecatedLink = 'd'

// DeprecatedKey is the key in the bucket Meta of the number of the last transaction that
// the counters of deprecated links include. Earlier programs neither have nor move it, so
// after a write by one of them the counters are known to be out of date.
var DeprecatedKey = []byte("deprecated")

var deprecated = diplomacy.Ranks.Code("DEPRECATED")

// DeprecatedCounterOf returns the counter of deprecated links that includes an entry.
func DeprecatedCounterOf(t Table, key, payload []byte) (CounterKey, bool) {
	if t != Links || payload[AtRank] != deprecated {
		return CounterKey{}, false
	}
	return NewCounterKey(DeprecatedArc(key[:ArcSize])), true
}

// DeprecatedArc returns the key of the counter of the deprecated links along an arc.
func DeprecatedArc(arc []byte) []byte { return append([]byte{DeprecatedLink}, arc...) }
