package bolt

import (
	"encoding/binary"
	"io"

	"go.etcd.io/bbolt"
)

// pages looks at the branches of the trees in a file before bbolt follows them.
// bbolt meets most damage with a panic, which guard catches; but a branch that
// leads back to itself it would follow until the program dies. What is read
// here is bbolt's file format, version 2: a page begins with id(8) flags(2)
// count(2) overflow(4); the elements of a branch are position(4) size(4)
// page(8), in the machine's byte order.
type pages struct {
	file io.ReaderAt
	size int
	page []byte // that which is looked at
	met  []bool // by page
}

const (
	branchFlag  = 1
	pageHeader  = 16
	elementSize = 16
)

// checkPages follows all branches, and only these: all leaves of a tree are
// equally far from its root, so one page tells of what sort its level is.
func checkPages(tx *bbolt.Tx, file io.ReaderAt) error {
	size := tx.DB().Info().PageSize
	p := &pages{file: file, size: size, page: make([]byte, size), met: make([]bool, tx.Size()/int64(size))}
	top := tx.Cursor()
	if err := p.tree(uint64(top.Bucket().Root())); err != nil {
		return err
	}
	for name, _ := top.First(); name != nil; name, _ = top.Next() {
		root := uint64(0)
		if b := tx.Bucket(name); b != nil {
			root = uint64(b.Root())
		}
		if root == 0 {
			continue // it lies within the page of its name
		}
		if err := p.tree(root); err != nil {
			return err
		}
	}
	return nil
}

// tree follows the branches under a page, level by level.
func (p *pages) tree(root uint64) error {
	if err := p.meet(root); err != nil {
		return err
	}
	for level := []uint64{root}; len(level) > 0; {
		var next []uint64
		for i, id := range level {
			children, err := p.children(id)
			if err != nil {
				return err
			}
			if i == 0 && len(children) == 0 {
				break
			}
			for _, child := range children {
				if err := p.meet(child); err != nil {
					return err
				}
			}
			next = append(next, children...)
		}
		level = next
	}
	return nil
}

// meet refuses a page that does not exist, or that two branches lead to.
func (p *pages) meet(id uint64) error {
	if id >= uint64(len(p.met)) || p.met[id] {
		return corrupt("its pages do not form a tree, at page %d; restore it from a copy", id)
	}
	p.met[id] = true
	return nil
}

// children are the pages under a branch; none under a leaf.
func (p *pages) children(id uint64) ([]uint64, error) {
	at := int64(id) * int64(p.size)
	if _, err := p.file.ReadAt(p.page, at); err != nil {
		return nil, err
	}
	if binary.NativeEndian.Uint16(p.page[8:]) != branchFlag {
		return nil, nil
	}
	children := make([]uint64, binary.NativeEndian.Uint16(p.page[10:]))
	elements := p.page[pageHeader:]
	if need := len(children) * elementSize; need > len(elements) {
		elements = make([]byte, need)
		if _, err := p.file.ReadAt(elements, at+pageHeader); err != nil {
			return nil, err
		}
	}
	for i := range children {
		children[i] = binary.NativeEndian.Uint64(elements[i*elementSize+8:])
	}
	return children, nil
}
