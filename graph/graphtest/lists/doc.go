// Package lists tests connections: their pages, cursors, orders and arguments, and that
// reading them takes as few calls for many rows as for few.
package lists
