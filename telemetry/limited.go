package telemetry

import "sync"

// label is a key that clients choose.
type label[K any] interface {
	comparable
	// clone returns a copy that shares no memory, such as the document's.
	clone() K
	// other returns the label that stands for this one beyond the limit.
	other() K
}

// limited holds a value for each of the first labels, up to a limit; later labels share
// the value of other. This bounds the memory that clients' labels take.
type limited[K label[K], V any] struct {
	limit int
	make  func(K) V

	mu  sync.RWMutex
	all map[K]V
}

func newLimited[K label[K], V any](limit int, make func(K) V) *limited[K, V] {
	return &limited[K, V]{limit: limit, make: make, all: map[K]V{}}
}

// get returns the value of a label.
func (k *limited[K, V]) get(l K) V {
	k.mu.RLock()
	value, known := k.all[l]
	full := len(k.all) >= k.limit
	k.mu.RUnlock()
	switch {
	case known:
		return value
	case full:
		return k.make(l.other())
	default:
		return k.add(l.clone())
	}
}

func (k *limited[K, V]) add(l K) V {
	k.mu.Lock()
	defer k.mu.Unlock()
	if value, known := k.all[l]; known {
		return value
	}
	if len(k.all) >= k.limit {
		return k.make(l.other())
	}
	value := k.make(l)
	k.all[l] = value
	return value
}
