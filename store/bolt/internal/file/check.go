package file

import (
	"fmt"
	"runtime/debug"

	"chancery/store/bolt/internal/corrupt"

	"go.etcd.io/bbolt"
)

// Heads are the two meta pages of a file, as they were when a transaction was opened.
type Heads struct{ heads }

// Heads reads the two meta pages. Nothing may write meanwhile.
func (f *File) Heads() (Heads, error) {
	all, err := readHeads(f.data, f.pageSize)
	return Heads{all}, err
}

// Check yields what contradicts itself in the pages of the file, as a transaction shows
// it, whose head is among the heads: a damaged meta page, pages that do not form trees, branches with
// other keys than their pages, and a list of free pages that names pages in use.
func (f *File) Check(tx *bbolt.Tx, among Heads, yield func(string)) (err error) {
	defer corrupt.Recover(&err, debug.SetPanicOnFault(true))
	for i, one := range among.heads {
		if !one.valid {
			yield(fmt.Sprintf("meta page %d of 2 is damaged; if it was the newer, the last transaction is lost; the next write replaces it", i+1))
		}
	}
	p, err := readTrees(tx, f.data)
	if err != nil {
		return err
	}
	for _, check := range []func() (string, error){p.checkBranchKeys, p.markOverflow} {
		fault, err := check()
		if err != nil {
			return err
		}
		if fault != "" {
			yield(fault)
		}
	}
	now, ok := among.of(tx.ID())
	if !ok || now.freelist == noFreelist {
		return nil
	}
	fault, err := p.markFree(now.freelist)
	if n := p.lost(); fault == "" && n > 0 {
		fault = fmt.Sprintf("%d pages are neither in use nor free", n)
	}
	if fault != "" {
		yield(fault)
	}
	return err
}
