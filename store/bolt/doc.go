// Package bolt keeps a graph in one bbolt file.
//
// # Packages
//
// This package opens a file, takes snapshots of it, and commits: it decides
// which writer runs, and which writers share a wait for the disk. Its parts are packages,
// each of which imports only packages above it in this list:
//
//	internal/corrupt  errors of damaged files
//	internal/layout   the bytes of the file: keys, entries, records, checksums
//	internal/mvcc     tables that keep all versions, within one bbolt transaction
//	internal/file     opening, recognizing and upgrading the file
//	internal/check    comparing all buckets with what follows from the records
//	internal/overlay  which records are hidden, and which are merged with others
//	internal/query    records, links, lists, versions and changes, as a view shows them
//	internal/write    puts, retracts and restores records in one transaction
//
// # Writing
//
// There is one writer at a time. Writers that wait for each other share one transaction
// of bbolt, and so one wait for the disk (group commit, batch.go); each keeps a journal,
// by which its changes are undone if it fails, and those of the others are kept.
//
// # Damage
//
// Damage to what has a checksum is found when it is read, and other damage by Check. A
// panic of bbolt at a damaged page becomes store.ErrCorrupt; Open finds pages that do not
// form a tree, and before writing a list of free pages that names pages in use.
//
// Inside the function given to Write, read through its Writer: a Write within a
// Write waits until its context ends.
package bolt
