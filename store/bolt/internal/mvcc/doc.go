// Package mvcc keeps many versions of what each key holds (multi-version
// concurrency control): Update closes the entry that a key had and writes the next,
// Reader and Cursor read the tables as any transaction left them.
//
// A Tx is one bbolt transaction. Of a writer it also holds back entries until they
// can be written in the order of their keys, and, where several writers share the
// bbolt transaction, journals what each changed, so that it can be undone.
//
// It imports layout for keys and values, and corrupt for damage.
package mvcc
