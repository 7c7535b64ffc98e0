package testbed

import (
	"chancery/diplomacy"
	"chancery/store"
)

// ReadIn opens a snapshot of a view, which is released when the trial ends, and returns
// a reader that fails the trial on errors.
func (b *Bed) ReadIn(of store.View) MustReader {
	b.Helper()
	snapshot, err := b.Store.Read(Background, of)
	Must(b, err, "read")
	b.Cleanup(snapshot.Release)
	return MustReader{b, snapshot}
}

// Public opens the present as an anonymous client sees it.
func (b *Bed) Public() MustReader { b.Helper(); return b.ReadIn(store.View{}) }

// Same returns the ids of the records that are merged with one.
func (l MustReader) Same(id diplomacy.ID) []diplomacy.ID {
	l.Helper()
	groups, err := l.Reader.Same(Background, []diplomacy.ID{id})
	Must(l, err, "same")
	return IDsOf(groups[0]...)
}

// Judge puts a judgement on two records.
func (b *Bed) Judge(x, y diplomacy.Record, verdict diplomacy.Term) *diplomacy.Judgement {
	b.Helper()
	j := Judgement(x, y, verdict)
	if j.A > j.B {
		j.A, j.B = j.B, j.A
	}
	b.Put(j)
	return j
}

// AnotherSource puts one more source.
func (b *Bed) AnotherSource() *diplomacy.Source {
	s := Source("another")
	b.Put(s)
	return s
}
