package diplomacy

import (
	"encoding/binary"
	"fmt"
	"strings"
	"time"
)

// ID names one record for ever. Its 64 bits are, from the highest: 41 bits of
// milliseconds since 2020-01-01 UTC, 15 bits of a sequence, 8 bits of Kind. So
// ids sort by the time they were given, and say what they name without a
// look-up. The zero ID names nothing.
type ID uint64

// epoch is the start of the ids' clock; 41 bits of milliseconds reach 2089.
var epoch = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

const (
	kindBits     = 8
	sequenceBits = 15
	stampBits    = 64 - kindBits
	textLength   = 12 // 56 bits, five to a character
)

// alphabet is Crockford's base 32 in lower case: no i, l, o, u to misread.
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

// MakeID joins a kind and a stamp, the 56 bits that order ids.
func MakeID(kind Kind, stamp uint64) ID { return ID(stamp<<kindBits | uint64(kind)) }

// StampAt is the smallest stamp of a moment; the 32,768 after it are of the
// same millisecond. A moment before 2020 has stamp 0.
func StampAt(t time.Time) uint64 {
	return uint64(max(0, t.Sub(epoch).Milliseconds())) << sequenceBits
}

// Kind is what sort of record the id names.
func (id ID) Kind() Kind { return Kind(id) }

// Stamp is the id without its kind.
func (id ID) Stamp() uint64 { return uint64(id) >> kindBits }

// String is the id as clients see it: the prefix of its kind, an underscore and
// twelve characters that sort as the ids do.
func (id ID) String() string {
	if id == 0 {
		return ""
	}
	var text [textLength]byte
	for i, stamp := textLength-1, id.Stamp(); i >= 0; i, stamp = i-1, stamp>>5 {
		text[i] = alphabet[stamp&31]
	}
	return kinds[id.Kind()].prefix + "_" + string(text[:])
}

// ParseID reads what String wrote, and nothing else: an id has one spelling.
func ParseID(text string) (ID, error) {
	cut := strings.LastIndexByte(text, '_')
	if cut < 0 || len(text)-cut-1 != textLength {
		return 0, fmt.Errorf("%s is not an id: want a type, an underscore and %d characters", Shorten(text), textLength)
	}
	kind, ok := kindByPrefix[text[:cut]]
	if !ok {
		return 0, fmt.Errorf("%s is not an id: no type has the prefix %s", Shorten(text), Shorten(text[:cut]))
	}
	stamp := uint64(0)
	for _, c := range []byte(text[cut+1:]) {
		digit := strings.IndexByte(alphabet, c)
		if digit < 0 || stamp>>(stampBits-5) != 0 {
			return 0, fmt.Errorf("%s is not an id: its last %d characters are none we give", Shorten(text), textLength)
		}
		stamp = stamp<<5 | uint64(digit)
	}
	return MakeID(kind, stamp), nil
}

// MarshalText and UnmarshalText spell an ID in files; the zero ID is empty.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText is the inverse of MarshalText.
func (id *ID) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*id = 0
		return nil
	}
	*id, err = ParseID(string(text))
	return err
}

// MarshalBinary and UnmarshalBinary spell an ID where no human reads: eight
// bytes, big-endian; the zero ID is empty.
func (id ID) MarshalBinary() ([]byte, error) {
	if id == 0 {
		return nil, nil
	}
	return binary.BigEndian.AppendUint64(nil, uint64(id)), nil
}

// UnmarshalBinary is the inverse of MarshalBinary.
func (id *ID) UnmarshalBinary(data []byte) error {
	switch len(data) {
	case 0:
		*id = 0
	case 8:
		*id = ID(binary.BigEndian.Uint64(data))
	default:
		return fmt.Errorf("an id has 8 bytes, not %d", len(data))
	}
	return nil
}
