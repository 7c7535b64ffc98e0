package writing

import (
	"errors"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/testbed"
)

var receipts = testbed.Theme{Name: "receipts", Trials: []testbed.Trial{
	{Name: "are kept permanently", Run: receiptsKept},
	{Name: "make a transaction of their own", Run: receiptAlone},
	{Name: "of a key are kept once", Run: receiptOnce},
	{Name: "of a failed write are not kept", Run: receiptOfFailed},
	{Name: "have a key of some length", Run: receiptKeys},
}, Needs: []testbed.Capability{testbed.Receipts}}

func receiptsKept(b *testbed.Bed) {
	b.Put(testbed.Person("ann"))
	text := []byte("what it did\x00")
	t, err := b.Write(func(w store.Writer) error {
		testbed.Must(b, w.Remember(testbed.Background, "key", text), "remember")
		testbed.Must(b, w.Remember(testbed.Background, "keys", []byte{}), "remember")
		testbed.MustReader{Tester: b, Reader: w}.HasReceipt("key", 2, "what it did\x00")
		return w.Put(testbed.Background, testbed.Person("bob"))
	})
	testbed.Must(b, err, "write")
	text[0] = 'x'
	b.Put(testbed.Person("carol"))
	for known, want := range map[diplomacy.TxNumber]diplomacy.TxNumber{1: 0, 2: t.Number, 3: t.Number, 0: t.Number} {
		n, _ := b.At(known).ReceiptOf("key")
		testbed.Equal(b, "known", n, want)
	}
	b.Now().HasReceipt("key", t.Number, "what it did\x00")
	b.Now().HasReceipt("keys", t.Number, "")
	b.Now().HasReceipt("ke", 0, "")
	b.Now().HasReceipt("", 0, "")
}

func receiptAlone(b *testbed.Bed) {
	b.Put(testbed.Person("ann"))
	t, err := b.Write(func(w store.Writer) error { return w.Remember(testbed.Background, "key", []byte("nothing to do")) })
	testbed.Must(b, err, "write")
	testbed.Equal(b, "number", t.Number, diplomacy.TxNumber(2))
	testbed.Equal(b, "changes", t.Changes, 0)
	testbed.Equal(b, "revision", b.Now().Reader.Revision(), diplomacy.TxNumber(2))
	testbed.Equal(b, "looked up", *b.Now().Transactions(2)[0], t)
	testbed.Equal(b, "its changes", len(b.Now().Changes(2)), 0)
	b.Now().HasReceipt("key", 2, "nothing to do")
}

// receiptOnce remembers again in the same and in a later transaction, which both
// go on.
func receiptOnce(b *testbed.Bed) {
	again := func(w store.Writer) {
		if err := w.Remember(testbed.Background, "key", []byte("again")); !errors.Is(err, store.ErrConflict) {
			b.Errorf("remember again: %v, want ErrConflict", err)
		}
	}
	for _, slug := range []string{"ann", "bob"} {
		_, err := b.Write(func(w store.Writer) error {
			if slug == "ann" {
				testbed.Must(b, w.Remember(testbed.Background, "key", []byte("first")), "remember")
			}
			again(w)
			return w.Put(testbed.Background, testbed.Person(slug))
		})
		testbed.Must(b, err, "write")
	}
	b.Now().HasReceipt("key", 1, "first")
	testbed.Equal(b, "revision", b.Now().Reader.Revision(), diplomacy.TxNumber(2))
}

func receiptOfFailed(b *testbed.Bed) {
	_, err := b.Write(func(w store.Writer) error {
		testbed.Must(b, w.Remember(testbed.Background, "key", []byte("lost")), "remember")
		return errors.New("no")
	})
	testbed.Equal(b, "failed", err != nil, true)
	b.Now().HasReceipt("key", 0, "")
	_, err = b.Write(func(w store.Writer) error { return w.Remember(testbed.Background, "key", []byte("kept")) })
	testbed.Must(b, err, "write")
	b.Now().HasReceipt("key", 1, "kept")
}

func receiptKeys(b *testbed.Bed) {
	longest := strings.Repeat("k", store.MaxReceiptKey)
	_, err := b.Write(func(w store.Writer) error {
		for _, bad := range []string{"", longest + "k"} {
			if w.Remember(testbed.Background, bad, nil) == nil {
				b.Errorf("a key of %d bytes is remembered", len(bad))
			}
		}
		return w.Remember(testbed.Background, longest, []byte("long"))
	})
	testbed.Must(b, err, "write")
	b.Now().HasReceipt(longest, 1, "long")
}
