package bolt

import (
	"errors"
	"fmt"
	"math"
	"runtime"
	"runtime/debug"
	"syscall"

	"chancery/store"

	"go.etcd.io/bbolt"
	bbolterrors "go.etcd.io/bbolt/errors"
)

// reach is how much address space to map from the start. While the file is
// smaller, a write never has to wait for snapshots to be released; and a writer
// that waits for its own goroutine's snapshot waits for ever. Windows would make
// the file as large as the map.
func reach() int {
	if runtime.GOOS == "windows" || math.MaxInt == math.MaxInt32 {
		return 0
	}
	return 64 << 30
}

// openFile opens with bbolt and translates its errors.
func openFile(path string, o Options) (file *bbolt.DB, err error) {
	defer guard(&err, debug.SetPanicOnFault(true))
	file, err = mapFile(path, o, reach())
	switch {
	case errors.Is(err, bbolterrors.ErrTimeout):
		return nil, fmt.Errorf("%w; stop it, or wait for it to end", store.ErrInUse)
	case errors.Is(err, bbolterrors.ErrInvalid), errors.Is(err, bbolterrors.ErrVersionMismatch):
		return nil, fmt.Errorf("%w; name another file", store.ErrForeign)
	case errors.Is(err, bbolterrors.ErrChecksum):
		return nil, corrupt("%w; restore it from a copy", err)
	}
	if err == nil {
		file.AllocSize = growth
	}
	return file, err
}

// mapFile does without the reach where address space is limited.
func mapFile(path string, o Options, reach int) (*bbolt.DB, error) {
	file, err := bbolt.Open(path, 0o600, &bbolt.Options{
		Timeout:         o.Timeout,
		ReadOnly:        o.ReadOnly,
		NoSync:          o.NoSync,
		FreelistType:    bbolt.FreelistMapType,
		InitialMmapSize: reach,
	})
	if reach > 0 && errors.Is(err, syscall.ENOMEM) {
		return mapFile(path, o, 0)
	}
	return file, err
}

// growth is by how much more than needed the file grows, in bytes.
const growth = 1 << 20
