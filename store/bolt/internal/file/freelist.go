package file

import (
	"encoding/binary"
	"fmt"

	"chancery/store/bolt/internal/corrupt"

	"go.etcd.io/bbolt"
)

// bbolt keeps a list of free pages, without a checksum, and overwrites them without looking. So
// the list is compared with the pages in use: by Check with all of them, by Open with those
// that the branches tell of, so that it reads no leaf. That is enough: a page that is named in the
// place of a free one leaves that one over, and then Open reads the leaves too.

// trustFreelist rejects a file to which bbolt cannot write without destroying it.
func (p *pages) trustFreelist(tx *bbolt.Tx) error {
	all, err := readHeads(p.file, p.size)
	if err != nil {
		return err
	}
	now, ok := all.of(tx.ID())
	if !ok || now.freelist == noFreelist {
		return nil // bbolt finds the free pages by reading all others
	}
	fault, err := p.markFree(now.freelist)
	if err == nil && fault == "" {
		fault, err = p.markRest()
	}
	if fault != "" {
		return corrupt.Errorf("%s, so that writing would destroy it; restore it from a copy; it can still be read (--read-only)", fault)
	}
	return err
}

// markFree marks the free pages and those of their list. It describes what contradicts the pages marked
// before.
func (p *pages) markFree(at uint64) (fault string, err error) {
	ids, fault, err := p.readFreelist(at)
	last, inUse := uint64(1), []uint64(nil)
	for _, id := range ids {
		switch {
		case id <= last || id >= uint64(len(p.uses)):
			return fmt.Sprintf("its list of free pages is damaged: page %d follows page %d, of %d", id, last, len(p.uses)), nil
		case p.uses[id] != unknown:
			inUse = append(inUse, id)
		default:
			p.uses[id] = free
		}
		last = id
	}
	if len(inUse) > 0 {
		fault = fmt.Sprintf("its list of free pages names %d that are in use, the first is page %d", len(inUse), inUse[0])
	}
	return fault, err
}

// readFreelist returns the free pages, and marks those that their list takes.
func (p *pages) readFreelist(at uint64) (ids []uint64, fault string, err error) {
	if at < 2 || at >= uint64(len(p.uses)) {
		return nil, fmt.Sprintf("its list of free pages is missing: it should be at page %d", at), nil
	}
	header, err := p.header(at)
	if err != nil {
		return nil, "", err
	}
	if header.id != at || header.flags != freelistFlag || at+header.overflow >= uint64(len(p.uses)) {
		return nil, fmt.Sprintf("its list of free pages is damaged, at page %d", at), nil
	}
	for i := at; i <= at+header.overflow; i++ {
		if p.uses[i] != unknown {
			return nil, fmt.Sprintf("its list of free pages takes page %d, which is in use", i), nil
		}
		p.uses[i] = list
	}
	data := make([]byte, (header.overflow+1)*uint64(p.size)-pageHeader)
	if _, err := p.file.ReadAt(data, int64(at)*int64(p.size)+pageHeader); err != nil {
		return nil, "", err
	}
	return decodeFreelist(header.count, data)
}

// decodeFreelist decodes the free pages: 8 bytes each. If their number does not fit into the header, that has
// 65,535 and the first 8 bytes have the number.
func decodeFreelist(count uint64, data []byte) (ids []uint64, fault string, err error) {
	if count == 0xFFFF {
		count, data = binary.NativeEndian.Uint64(data), data[8:]
	}
	if most := uint64(len(data) / 8); count > most {
		return nil, fmt.Sprintf("its list of free pages should have %d, and has room for %d", count, most), nil
	}
	ids = make([]uint64, count)
	for i := range ids {
		ids[i] = binary.NativeEndian.Uint64(data[i*8:])
	}
	return ids, "", nil
}

// markRest checks that the unmarked pages are the overflow of the page before them; if they are not, it marks
// the overflow of all pages. Pages that are neither in use nor free do no harm.
func (p *pages) markRest() (fault string, err error) {
	for id := 2; id < len(p.uses); id++ {
		if p.uses[id] != unknown {
			continue
		}
		end := id
		for end < len(p.uses) && p.uses[end] == unknown {
			end++
		}
		before, err := p.header(uint64(id - 1))
		if err != nil {
			return "", err
		}
		if p.uses[id-1] != tree || before.overflow != uint64(end-id) {
			return p.markOverflow()
		}
		id = end
	}
	return "", nil
}

// markOverflow marks the pages that the content of others takes beside them. It describes the first that is
// marked already.
func (p *pages) markOverflow() (fault string, err error) {
	for id := range uint64(len(p.uses)) {
		if p.uses[id] != tree {
			continue
		}
		header, err := p.header(id)
		if err != nil {
			return "", err
		}
		for i := id + 1; i <= id+header.overflow && fault == ""; i++ {
			switch {
			case i >= uint64(len(p.uses)):
				fault = fmt.Sprintf("page %d extends beyond the end", id)
			case p.uses[i] == free, p.uses[i] == list:
				fault = fmt.Sprintf("its list of free pages names or takes page %d, which is in use", i)
			case p.uses[i] != unknown:
				fault = fmt.Sprintf("page %d is used twice", i)
			default:
				p.uses[i] = overflow
			}
		}
	}
	return fault, nil
}

// lost counts the pages that are neither in use nor free.
func (p *pages) lost() (n int) {
	for _, of := range p.uses[min(2, len(p.uses)):] {
		if of == unknown {
			n++
		}
	}
	return n
}
