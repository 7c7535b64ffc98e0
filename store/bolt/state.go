package bolt

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"time"

	"chancery/diplomacy"
	"chancery/store"

	"go.etcd.io/bbolt"
)

// format is the version of the layout that this program writes and reads.
const format = 2

// magic tells our files from other programs'. Every format has it and its
// number at the same place.
var magic = []byte("chancery")

// state is where numbers, times and ids go on. In the file it is a checksum(4)
// magic(8) format(4) last(8) time(8, microseconds since 1970) stamp(8).
type state struct {
	last  diplomacy.TxNumber
	time  time.Time // of the last transaction
	stamp uint64    // the last given to an ID
}

const stateSize = 4 + 8 + 4 + 3*8

var stateKey = []byte("state")

// readState also refuses files of others and of the future.
func readState(b *bbolt.Bucket) (s state, err error) {
	value := b.Get(stateKey)
	data, err := unseal(value)
	switch {
	case len(value) < 4+len(magic)+4, !bytes.HasPrefix(value[4:], magic):
		return s, fmt.Errorf("it has the buckets of another program: %w; name another file", store.ErrForeign)
	case err != nil:
		return s, corrupt("its state: %w", err)
	}
	data = data[len(magic):]
	if f := binary.BigEndian.Uint32(data); f > format {
		return s, fmt.Errorf("its format is %d, this program reads up to %d: %w; upgrade", f, format, store.ErrNewer)
	}
	if len(value) != stateSize {
		return s, corrupt("its state has %d bytes", len(value))
	}
	return state{
		last:  number[diplomacy.TxNumber](data[4:]),
		time:  time.UnixMicro(int64(number[uint64](data[12:]))).UTC(),
		stamp: number[uint64](data[20:]),
	}, nil
}

func (s state) write(b *bbolt.Bucket) error { return b.Put(stateKey, s.encode()) }

func (s state) encode() []byte {
	data := append(make([]byte, 4, stateSize), magic...)
	data = binary.BigEndian.AppendUint32(data, format)
	data = be(be(be(data, s.last), uint64(s.time.UnixMicro())), s.stamp)
	return seal(data)
}

// next is the state after one more transaction, whose time is later than that
// of the last.
func (s state) next(at time.Time, now func() time.Time) state {
	if at.IsZero() {
		at = now()
	}
	at = at.UTC().Truncate(time.Microsecond)
	if s.last > 0 && !at.After(s.time) {
		at = s.time.Add(time.Microsecond)
	}
	return state{last: s.last + 1, time: at, stamp: s.stamp}
}
