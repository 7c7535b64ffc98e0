package bolt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"

	"chancery/diplomacy"

	"github.com/fxamacker/cbor/v2"
)

var encoder, decoder = modes()

// modes are deterministic (RFC 8949, section 4.2.1), so that equal records have
// equal bytes. Ids and decimals are written in binary, times as they are in
// files.
func modes() (cbor.EncMode, cbor.DecMode) {
	e := cbor.CoreDetEncOptions()
	e.Time = cbor.TimeRFC3339Nano
	e.BinaryMarshaler = cbor.BinaryMarshalerByteString
	e.TextMarshaler = cbor.TextMarshalerTextString
	d := cbor.DecOptions{
		DupMapKey:         cbor.DupMapKeyEnforcedAPF,
		IndefLength:       cbor.IndefLengthForbidden,
		MaxNestedLevels:   8,
		ExtraReturnErrors: cbor.ExtraDecErrorUnknownField,
		BinaryUnmarshaler: cbor.BinaryUnmarshalerByteString,
		TextUnmarshaler:   cbor.TextUnmarshalerTextString,
	}
	encoding, err := e.EncMode()
	decoding, err2 := d.DecMode()
	if err := errors.Join(err, err2); err != nil {
		panic(err) // constants above
	}
	return encoding, decoding
}

var (
	castagnoli  = crc32.MakeTable(crc32.Castagnoli)
	errChecksum = errors.New("checksum does not match")
)

// seal puts the checksum of the bytes after the first four into these.
func seal(data []byte) []byte {
	binary.BigEndian.PutUint32(data, crc32.Checksum(data[4:], castagnoli))
	return data
}

// unseal gives the bytes after the checksum.
func unseal(data []byte) ([]byte, error) {
	if len(data) < 4 || binary.BigEndian.Uint32(data) != crc32.Checksum(data[4:], castagnoli) {
		return nil, errChecksum
	}
	return data[4:], nil
}

// encodeSealed is a checksum and the CBOR of a value.
func encodeSealed(value any) ([]byte, error) {
	data, err := encoder.Marshal(value)
	if err != nil {
		return nil, err
	}
	return seal(append(make([]byte, 4, 4+len(data)), data...)), nil
}

func decodeSealed(data []byte, into any) error {
	data, err := unseal(data)
	if err != nil {
		return err
	}
	return decoder.Unmarshal(data, into)
}

// encodeRecord is the payload of a record.
func encodeRecord(r diplomacy.Record) ([]byte, error) {
	data, err := encoder.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", r.Header().ID, err)
	}
	payload := binary.BigEndian.AppendUint32(make([]byte, 4, 8+len(data)), r.Header().Revision)
	return seal(append(payload, data...)), nil
}

// decodeRecord is the record of a payload.
func decodeRecord(id diplomacy.ID, payload []byte, from, until diplomacy.TxNumber) (diplomacy.Record, error) {
	data, err := unseal(payload)
	if err != nil {
		return nil, corrupt("record %s since transaction %d: %w", id, from, err)
	}
	r := diplomacy.NewRecord(id.Kind())
	if r == nil || len(data) < 4 {
		return nil, corrupt("record %x since transaction %d is of no kind", uint64(id), from)
	}
	if err := decoder.Unmarshal(data[4:], r); err != nil {
		return nil, corrupt("record %s since transaction %d: %w", id, from, err)
	}
	*r.Header() = diplomacy.Head{ID: id, From: from, Until: until, Revision: binary.BigEndian.Uint32(data)}
	return r, nil
}
