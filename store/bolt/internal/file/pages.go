package file

import (
	"encoding/binary"
	"io"

	"chancery/store/bolt/internal/corrupt"

	"go.etcd.io/bbolt"
)

// pages reads the branches of the trees in a file before bbolt follows them. bbolt
// answers most damage with a panic, but follows a branch that leads back to itself
// until the program dies. The format of bbolt's files, version 2: a page begins with id(8) flags(2)
// count(2) overflow(4); the elements of a branch are position(4) size(4)
// page(8), in the machine's byte order.
type pages struct {
	file io.ReaderAt
	size int
	page []byte // the current page
	uses []use  // by page
}

// use is what a page is used for.
type use byte

const (
	unknown  use = iota
	tree         // a branch or a leaf
	overflow     // content of the page before it
	list         // the list of free pages
	free
)

const (
	branchFlag   = 1
	freelistFlag = 16
	pageHeader   = 16
	elementSize  = 16
)

// readTrees follows all branches and no leaves: all leaves of a tree have the same
// depth, so the first page of a level says whether it has leaves.
func readTrees(tx *bbolt.Tx, file io.ReaderAt) (*pages, error) {
	size := tx.DB().Info().PageSize
	p := &pages{file: file, size: size, page: make([]byte, size), uses: make([]use, tx.Size()/int64(size))}
	top := tx.Cursor()
	if err := p.readTree(uint64(top.Bucket().Root())); err != nil {
		return nil, err
	}
	for name, _ := top.First(); name != nil; name, _ = top.Next() {
		root := uint64(0)
		if b := tx.Bucket(name); b != nil {
			root = uint64(b.Root())
		}
		if root == 0 {
			continue // it is inlined in the page of its name
		}
		if err := p.readTree(root); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// readTree follows the branches under a page, level by level.
func (p *pages) readTree(root uint64) error {
	if err := p.visit(root); err != nil {
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
				if err := p.visit(child); err != nil {
					return err
				}
			}
			next = append(next, children...)
		}
		level = next
	}
	return nil
}

// visit rejects a page that does not exist, or to which two branches lead.
func (p *pages) visit(id uint64) error {
	if id >= uint64(len(p.uses)) || p.uses[id] != unknown {
		return corrupt.Errorf("its pages do not form a tree, at page %d; restore it from a copy", id)
	}
	p.uses[id] = tree
	return nil
}

// children returns the pages under a branch; none under a leaf.
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

// header is the beginning of a page: id(8) flags(2) count(2) overflow(4), where overflow is how many
// pages the content takes beside the first.
type header struct{ id, flags, count, overflow uint64 }

func (p *pages) header(of uint64) (header, error) {
	var h [pageHeader]byte
	_, err := p.file.ReadAt(h[:], int64(of)*int64(p.size))
	o := binary.NativeEndian
	return header{o.Uint64(h[:]), uint64(o.Uint16(h[8:])), uint64(o.Uint16(h[10:])), uint64(o.Uint32(h[12:]))}, err
}
