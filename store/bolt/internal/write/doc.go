// Package write implements store.Writer within one transaction: it puts, retracts and
// restores records, refuses those that break the rules of the graph, and updates the
// entries of a record when it changes or when a record that it refers to does.
//
// A Writer does not depend on the batch in which its transaction is committed: the store
// opens its mvcc.Tx, and commits or undoes that.
//
// It imports query, which makes it a store.Reader, overlay for contradicting judgements,
// mvcc to change tables, layout for keys and entries, and corrupt for damage.
package write
