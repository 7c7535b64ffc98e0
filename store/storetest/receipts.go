package storetest

import (
	"errors"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
)

var receipts = theme{"receipts", []trial{
	{"are kept for ever", receiptsKept},
	{"make a transaction of their own", receiptAlone},
	{"of a key are kept once", receiptOnce},
	{"of a failed write are not kept", receiptOfFailed},
	{"have a key of some length", receiptKeys},
}}

// receiptOf looks a receipt up.
func (l look) receiptOf(key string) (diplomacy.TxNumber, string) {
	l.Helper()
	n, text, err := l.reader.Receipt(background, key)
	must(l, err, "receipt")
	if (n == 0) != (text == nil) {
		l.Fatalf("the receipt of %q is %d, %q", key, n, text)
	}
	return n, string(text)
}

func (l look) hasReceipt(key string, n diplomacy.TxNumber, text string) {
	l.Helper()
	gotN, got := l.receiptOf(key)
	equal(l, "transaction of "+key, gotN, n)
	equal(l, "receipt of "+key, got, text)
}

func receiptsKept(b *bed) {
	b.put(person("ann"))
	text := []byte("what it did\x00")
	t, err := b.write(func(w store.Writer) error {
		must(b, w.Remember(background, "key", text), "remember")
		must(b, w.Remember(background, "keys", []byte{}), "remember")
		look{b, w}.hasReceipt("key", 2, "what it did\x00")
		return w.Put(background, person("bob"))
	})
	must(b, err, "write")
	text[0] = 'x'
	b.put(person("carol"))
	for known, want := range map[diplomacy.TxNumber]diplomacy.TxNumber{1: 0, 2: t.Number, 3: t.Number, 0: t.Number} {
		n, _ := b.at(known).receiptOf("key")
		equal(b, "known", n, want)
	}
	b.now().hasReceipt("key", t.Number, "what it did\x00")
	b.now().hasReceipt("keys", t.Number, "")
	b.now().hasReceipt("ke", 0, "")
	b.now().hasReceipt("", 0, "")
}

func receiptAlone(b *bed) {
	b.put(person("ann"))
	t, err := b.write(func(w store.Writer) error { return w.Remember(background, "key", []byte("nothing to do")) })
	must(b, err, "write")
	equal(b, "number", t.Number, diplomacy.TxNumber(2))
	equal(b, "changes", t.Changes, 0)
	equal(b, "revision", b.now().reader.Revision(), diplomacy.TxNumber(2))
	equal(b, "looked up", *b.now().transactions(2)[0], t)
	equal(b, "its changes", len(b.now().changes(2)), 0)
	b.now().hasReceipt("key", 2, "nothing to do")
}

// receiptOnce remembers again in the same and in a later transaction, which both
// go on.
func receiptOnce(b *bed) {
	again := func(w store.Writer) {
		if err := w.Remember(background, "key", []byte("again")); !errors.Is(err, store.ErrConflict) {
			b.Errorf("remember again: %v, want ErrConflict", err)
		}
	}
	for _, slug := range []string{"ann", "bob"} {
		_, err := b.write(func(w store.Writer) error {
			if slug == "ann" {
				must(b, w.Remember(background, "key", []byte("first")), "remember")
			}
			again(w)
			return w.Put(background, person(slug))
		})
		must(b, err, "write")
	}
	b.now().hasReceipt("key", 1, "first")
	equal(b, "revision", b.now().reader.Revision(), diplomacy.TxNumber(2))
}

func receiptOfFailed(b *bed) {
	_, err := b.write(func(w store.Writer) error {
		must(b, w.Remember(background, "key", []byte("lost")), "remember")
		return errors.New("no")
	})
	equal(b, "failed", err != nil, true)
	b.now().hasReceipt("key", 0, "")
	_, err = b.write(func(w store.Writer) error { return w.Remember(background, "key", []byte("kept")) })
	must(b, err, "write")
	b.now().hasReceipt("key", 1, "kept")
}

func receiptKeys(b *bed) {
	longest := strings.Repeat("k", store.MaxReceiptKey)
	_, err := b.write(func(w store.Writer) error {
		for _, bad := range []string{"", longest + "k"} {
			if w.Remember(background, bad, nil) == nil {
				b.Errorf("a key of %d bytes is remembered", len(bad))
			}
		}
		return w.Remember(background, longest, []byte("long"))
	})
	must(b, err, "write")
	b.now().hasReceipt(longest, 1, "long")
}
