package layout

import (
	"encoding/binary"
	"hash/crc32"

	"chancery/diplomacy"
)

// EncodeReceipt returns checksum(4) number(8) receipt; the checksum covers the key too.
func EncodeReceipt(of diplomacy.TxNumber, key, receipt []byte) []byte {
	value := append(AppendUint64(make([]byte, 4, 12+len(receipt)), of), receipt...)
	binary.BigEndian.PutUint32(value, receiptSum(key, value))
	return value
}

// DecodeReceipt verifies and decodes what EncodeReceipt returned.
func DecodeReceipt(key, value []byte) (diplomacy.TxNumber, []byte, error) {
	if len(value) < 12 || binary.BigEndian.Uint32(value) != receiptSum(key, value) {
		return 0, nil, errChecksum
	}
	return TxNumber(value[4:]), value[12:], nil
}

func receiptSum(key, value []byte) uint32 {
	return crc32.Update(crc32.Checksum(key, Castagnoli), Castagnoli, value[4:])
}
