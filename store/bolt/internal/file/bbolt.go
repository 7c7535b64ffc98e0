package file

import (
	"errors"
	"fmt"
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"syscall"

	"chancery/store"
	"chancery/store/bolt/internal/corrupt"

	"go.etcd.io/bbolt"
	bbolterrors "go.etcd.io/bbolt/errors"
)

// mapSize returns how much address space to map from the start, in bytes. While the file
// is smaller, a write never waits for snapshots to be released, which would block for
// ever if they are its own goroutine's. Windows would make the file as large as the map.
func mapSize() int {
	if runtime.GOOS == "windows" || math.MaxInt == math.MaxInt32 {
		return 0
	}
	return 64 << 30
}

// openBbolt opens a file with bbolt and translates its errors.
func openBbolt(path string, o Options) (file *File, err error) {
	defer corrupt.Recover(&err, debug.SetPanicOnFault(true))
	file, err = openMapped(path, o, mapSize())
	switch {
	case errors.Is(err, bbolterrors.ErrTimeout):
		return nil, fmt.Errorf("%w; stop it, or wait for it to end", store.ErrInUse)
	case errors.Is(err, bbolterrors.ErrInvalid), errors.Is(err, bbolterrors.ErrVersionMismatch):
		return nil, fmt.Errorf("%w; name another file", store.ErrForeign)
	case errors.Is(err, bbolterrors.ErrChecksum):
		return nil, corrupt.Errorf("%w; restore it from a copy", err)
	}
	if err == nil {
		file.AllocSize = growth
	}
	return file, err
}

// openMapped maps only as much as needed where address space is limited.
func openMapped(path string, o Options, size int) (*File, error) {
	var data *os.File
	file, err := bbolt.Open(path, 0o600, &bbolt.Options{
		Timeout:         o.Timeout,
		ReadOnly:        o.ReadOnly,
		NoSync:          o.NoSync,
		FreelistType:    bbolt.FreelistMapType,
		InitialMmapSize: size,
		OpenFile: func(name string, flag int, mode os.FileMode) (_ *os.File, err error) {
			data, err = os.OpenFile(name, flag, mode)
			return data, err
		},
	})
	if size > 0 && errors.Is(err, syscall.ENOMEM) {
		return openMapped(path, o, 0)
	}
	if err != nil {
		return nil, err
	}
	return &File{DB: file, data: data, pageSize: file.Info().PageSize}, nil
}

// growth is how much more than needed the file grows by, in bytes.
const growth = 1 << 20
