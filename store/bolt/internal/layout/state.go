package layout

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"time"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/corrupt"
)

// Format is the version of the layout that this program writes.
const Format = 4

// magic marks the file as a graph. It and the number of the format lie at the same offset
// in every format.
var magic = []byte("chancery")

// State is the end of the sequences of transactions, times and IDs. In the file it is a
// checksum(4) magic(8) format(4) last(8) time(8, microseconds since 1970) stamp(8).
type State struct {
	Last  diplomacy.TxNumber // the last transaction; zero for none
	Time  time.Time          // of that transaction
	Stamp uint64             // of the last ID
}

const stateSize = 4 + 8 + 4 + 3*8

// StateKey is the key of the State in the bucket Meta.
var StateKey = []byte("state")

// DecodeState decodes a State. It rejects values of other programs and of newer formats.
func DecodeState(value []byte) (s State, err error) {
	data, err := verifyChecksum(value)
	switch {
	case len(value) < 4+len(magic)+4, !bytes.HasPrefix(value[4:], magic):
		return s, fmt.Errorf("it has the buckets of another program: %w; name another file", store.ErrForeign)
	case err != nil:
		return s, corrupt.Errorf("its state: %w", err)
	}
	data = data[len(magic):]
	if f := binary.BigEndian.Uint32(data); f > Format {
		return s, fmt.Errorf("its format is %d, this program reads up to %d: %w; upgrade", f, Format, store.ErrNewer)
	}
	if len(value) != stateSize {
		return s, corrupt.Errorf("its state has %d bytes", len(value))
	}
	return State{
		Last:  TxNumber(data[4:]),
		Time:  time.UnixMicro(int64(Uint64(data[12:]))).UTC(),
		Stamp: Uint64(data[20:]),
	}, nil
}

// Encode returns the State in the current format.
func (s State) Encode() []byte {
	data := append(make([]byte, 4, stateSize), magic...)
	data = binary.BigEndian.AppendUint32(data, Format)
	data = AppendUint64(AppendUint64(AppendUint64(data, s.Last), uint64(s.Time.UnixMicro())), s.Stamp)
	return PutChecksum(data)
}

// Next returns the State after one more transaction, at a time, zero for now. The time
// is moved so that it is later than that of the transaction before.
func (s State) Next(at time.Time, now func() time.Time) State {
	if at.IsZero() {
		at = now()
	}
	at = at.UTC().Truncate(time.Microsecond)
	if s.Last > 0 && !at.After(s.Time) {
		at = s.Time.Add(time.Microsecond)
	}
	return State{Last: s.Last + 1, Time: at, Stamp: s.Stamp}
}

// FormatOf returns the format of an encoded State that DecodeState accepts.
func FormatOf(state []byte) uint32 { return binary.BigEndian.Uint32(state[4+len(magic):]) }
