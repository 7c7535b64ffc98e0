package diplomacy

import (
	"encoding/binary"
	"fmt"
	"strings"
	"time"
)

// ID identifies one record permanently. Its 64 bits are, from the highest: 41 bits of
// milliseconds since 2020-01-01 UTC, 15 bits of a sequence, 8 bits of Kind. So IDs
// sort by creation time and tell the kind of record without a look-up. The zero ID
// refers to nothing.
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

// MakeID returns the ID with a kind and a stamp, the 56 bits that order IDs.
func MakeID(kind Kind, stamp uint64) ID { return ID(stamp<<kindBits | uint64(kind)) }

// StampAt returns the smallest stamp of a time; a millisecond has 32,768 stamps. A
// time before 2020 has stamp 0.
func StampAt(t time.Time) uint64 {
	return uint64(max(0, t.Sub(epoch).Milliseconds())) << sequenceBits
}

// CanStamp reports whether IDs can be created at a time: until a day before their clock
// ends, in September 2089, so that none is ever used twice.
func CanStamp(t time.Time) bool {
	const days = 1 << (stampBits - sequenceBits) / (24 * 60 * 60 * 1000)
	return t.Before(epoch.AddDate(0, 0, days-1))
}

// Kind returns the kind of record that the ID identifies.
func (id ID) Kind() Kind { return Kind(id) }

// Stamp returns the ID without its kind.
func (id ID) Stamp() uint64 { return uint64(id) >> kindBits }

// String returns the ID as clients see it: the prefix of its kind, an underscore
// and twelve characters that sort as IDs do.
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

// ParseID parses the output of String and nothing else: an ID has one spelling.
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
			return 0, fmt.Errorf("%s is not an id: its last %d characters are not valid", Shorten(text), textLength)
		}
		stamp = stamp<<5 | uint64(digit)
	}
	return MakeID(kind, stamp), nil
}

// MarshalText encodes the ID as String does; the zero ID is empty.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText decodes the output of MarshalText.
func (id *ID) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*id = 0
		return nil
	}
	*id, err = ParseID(string(text))
	return err
}

// MarshalBinary encodes the ID as eight bytes, big-endian; the zero ID is empty.
func (id ID) MarshalBinary() ([]byte, error) {
	if id == 0 {
		return nil, nil
	}
	return binary.BigEndian.AppendUint64(nil, uint64(id)), nil
}

// UnmarshalBinary decodes the output of MarshalBinary.
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
