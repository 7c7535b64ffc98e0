// Package paging cuts pages from lists that are held in memory, and makes the cursors
// of such lists.
package paging
