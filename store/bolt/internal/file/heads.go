package file

import (
	"encoding/binary"
	"hash/fnv"
	"io"
)

// head is what one of bbolt's two meta pages says. A commit writes the older of the two, so that
// one is whole at every moment.
type head struct {
	valid bool
	// freelist is the page of the list of free pages, noFreelist for none.
	freelist uint64
	txid     uint64
}

const (
	noFreelist = 1<<64 - 1
	metaSize   = 64 // magic(4) version(4) page size(4) flags(4) root(8) sequence(8) free list(8) pages(8) id of the transaction(8) checksum(8)
)

// heads are the two meta pages.
type heads [2]head

func readHeads(file io.ReaderAt, pageSize int) (all heads, err error) {
	for i := range all {
		var meta [metaSize]byte
		if _, err := file.ReadAt(meta[:], int64(i*pageSize+pageHeader)); err != nil {
			return all, err
		}
		sum := fnv.New64a()
		_, _ = sum.Write(meta[:metaSize-8]) // never fails
		all[i] = head{
			valid:    sum.Sum64() == binary.NativeEndian.Uint64(meta[metaSize-8:]),
			freelist: binary.NativeEndian.Uint64(meta[32:]),
			txid:     binary.NativeEndian.Uint64(meta[48:]),
		}
	}
	return all, nil
}

// of returns the head of a transaction, which may have been overwritten since.
func (h heads) of(txid int) (head, bool) {
	for _, one := range h {
		if one.valid && one.txid == uint64(txid) {
			return one, true
		}
	}
	return head{}, false
}
