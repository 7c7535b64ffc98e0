package file

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"
)

// Each key of a branch is the first key of the page that it leads to. bbolt relies on that when it writes, and
// never compares them: where they differ, it adds the new page beside the old one, which becomes free
// but stays in the tree. Reading need not show that.

// checkBranchKeys describes the first key of a branch that is not the first key of its page.
func (p *pages) checkBranchKeys() (fault string, err error) {
	for id := range uint64(len(p.uses)) {
		if p.uses[id] != tree {
			continue
		}
		children, err := p.children(id)
		if err != nil {
			return "", err
		}
		for i, child := range children {
			key, wanted := p.key(id, i), p.key(child, 0)
			if key == nil || !bytes.Equal(key, wanted) {
				return fmt.Sprintf("page %d does not begin with the key by which page %d leads to it", child, id), nil
			}
		}
	}
	return "", nil
}

// key returns a key of a page; nil if there is no such key. The elements of a leaf are flags(4) position(4)
// size(4) size of the value(4), where position is relative to the element.
func (p *pages) key(of uint64, i int) []byte {
	header, err := p.header(of)
	if err != nil || uint64(i) >= header.count {
		return nil
	}
	at := int64(of)*int64(p.size) + pageHeader + int64(i)*elementSize
	var element [elementSize]byte
	if _, err := p.file.ReadAt(element[:], at); err != nil {
		return nil
	}
	position := element[:]
	if header.flags != branchFlag {
		position = element[4:]
	}
	size := binary.NativeEndian.Uint32(position[4:])
	if size > bbolt.MaxKeySize {
		return nil
	}
	key := make([]byte, size)
	if _, err := p.file.ReadAt(key, at+int64(binary.NativeEndian.Uint32(position))); err != nil {
		return nil
	}
	return key
}
