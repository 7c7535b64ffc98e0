package telemetry

import "sync"

// label is what clients make up, as a key.
type label[K any] interface {
	comparable
	// copied keeps nothing else alive, such as the document that the label was in.
	copied() K
	// other stands for all labels like this one that are not told apart.
	other() K
}

// kept holds something for each of the first so many labels; those that come later
// share what is made for the others. So what clients make up takes no more room than
// there is.
type kept[K label[K], V any] struct {
	most int
	make func(K) V

	mu  sync.RWMutex
	all map[K]V
}

func keep[K label[K], V any](most int, make func(K) V) *kept[K, V] {
	return &kept[K, V]{most: most, make: make, all: map[K]V{}}
}

// of is what there is for a label.
func (k *kept[K, V]) of(l K) V {
	k.mu.RLock()
	value, known := k.all[l]
	full := len(k.all) >= k.most
	k.mu.RUnlock()
	switch {
	case known:
		return value
	case full:
		return k.make(l.other())
	default:
		return k.add(l.copied())
	}
}

func (k *kept[K, V]) add(l K) V {
	k.mu.Lock()
	defer k.mu.Unlock()
	if value, known := k.all[l]; known {
		return value
	}
	if len(k.all) >= k.most {
		return k.make(l.other())
	}
	value := k.make(l)
	k.all[l] = value
	return value
}
