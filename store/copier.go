package store

import (
	"context"
	"io"

	"chancery/diplomacy"
)

// Copier is a Store that can be copied while it is used.
type Copier interface {
	// Copy writes the store with all its past, as the last transaction left it, in the
	// form in which the engine opens it, and returns the number of that transaction.
	// Reads and writes go on meanwhile. It writes nothing before it knows that it can
	// read; what it has written when it fails is no copy.
	//
	// Errors: that of the writer; ErrForbidden, ErrCorrupt, ErrReleased, and that of the
	// context.
	Copy(ctx context.Context, to io.Writer) (diplomacy.TxNumber, error)
}
