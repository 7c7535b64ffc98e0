// Package file opens the bbolt file of a graph: it creates or upgrades it, and rejects
// files that another program made, that a newer program wrote, that are damaged, or that
// another process has open.
//
// bbolt answers most damage with a panic, but follows a branch that leads back to itself
// until the program dies; so the branches of all trees are read first.
//
// It imports layout for the buckets and the format, mvcc for the upgrade, which computes
// a table from the records, and corrupt for damage.
package file
