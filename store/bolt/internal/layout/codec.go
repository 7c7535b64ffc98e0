package layout

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"

	"chancery/diplomacy"
	"chancery/store/bolt/internal/corrupt"

	"github.com/fxamacker/cbor/v2"
)

var encoder, decoder = modes()

// modes returns how values are encoded: deterministically (RFC 8949, section 4.2.1), so
// that equal records have equal bytes. IDs and decimals are binary, times are text.
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

// Castagnoli is the polynomial of all checksums (CRC-32C).
var Castagnoli = crc32.MakeTable(crc32.Castagnoli)

var errChecksum = errors.New("checksum does not match")

// PutChecksum writes the checksum of the other bytes into the first four.
func PutChecksum(data []byte) []byte {
	binary.BigEndian.PutUint32(data, crc32.Checksum(data[4:], Castagnoli))
	return data
}

// verifyChecksum returns the bytes after the checksum.
func verifyChecksum(data []byte) ([]byte, error) {
	if len(data) < 4 || binary.BigEndian.Uint32(data) != crc32.Checksum(data[4:], Castagnoli) {
		return nil, errChecksum
	}
	return data[4:], nil
}

// Encode returns the CBOR of a value behind its checksum.
func Encode(value any) ([]byte, error) {
	data, err := encoder.Marshal(value)
	if err != nil {
		return nil, err
	}
	return PutChecksum(append(make([]byte, 4, 4+len(data)), data...)), nil
}

// Decode verifies and decodes what Encode returned.
func Decode(data []byte, into any) error {
	data, err := verifyChecksum(data)
	if err != nil {
		return err
	}
	return decoder.Unmarshal(data, into)
}

// EncodeRecord returns the payload of a record: its revision and its CBOR behind a
// checksum.
func EncodeRecord(r diplomacy.Record) ([]byte, error) {
	data, err := encoder.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", r.Header().ID, err)
	}
	payload := binary.BigEndian.AppendUint32(make([]byte, 4, 8+len(data)), r.Header().Revision)
	return PutChecksum(append(payload, data...)), nil
}

// DecodeRecord decodes the payload of a version, which holds from one transaction until
// another, zero for a current one.
func DecodeRecord(id diplomacy.ID, payload []byte, from, until diplomacy.TxNumber) (diplomacy.Record, error) {
	data, err := verifyChecksum(payload)
	if err != nil {
		return nil, corrupt.Errorf("record %s since transaction %d: %w", id, from, err)
	}
	r := diplomacy.NewRecord(id.Kind())
	if r == nil || len(data) < 4 {
		return nil, corrupt.Errorf("record %x since transaction %d has an unknown kind", uint64(id), from)
	}
	if err := decoder.Unmarshal(data[4:], r); err != nil {
		return nil, corrupt.Errorf("record %s since transaction %d: %w", id, from, err)
	}
	*r.Header() = diplomacy.Head{ID: id, From: from, Until: until, Revision: binary.BigEndian.Uint32(data)}
	return r, nil
}
