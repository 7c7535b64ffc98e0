package powerfailure

import (
	"fmt"
	"math/rand/v2"
)

const (
	page   = 4096 // what an operating system writes at a time
	sector = 512  // what a disk writes at a time
)

// Of returns the calls that change or sync a file, and fails if one of them is of a kind that
// Remains cannot apply.
func Of(calls []Call, file string) (own []Call, err error) {
	for _, c := range calls {
		if c.File != file || c.Name == "openat" {
			continue
		}
		if !c.changes() && !c.Syncs() {
			return nil, fmt.Errorf("%s of %s is not understood", c.Name, file)
		}
		own = append(own, c)
	}
	return own, nil
}

func (c Call) changes() bool { return c.Name == "pwrite64" || c.Name == "ftruncate" }

// Syncs returns whether the call makes durable what was written before it.
func (c Call) Syncs() bool { return c.Name == "fsync" || c.Name == "fdatasync" }

// Whole returns a file as its process left it, from the calls of Of.
func Whole(calls []Call) (content []byte) {
	for _, c := range calls {
		content = c.apply(content)
	}
	return content
}

// Remains returns a file as a power failure may have left it before a line of the log: all
// that was synced, and of all that began since then what chance decides.
func Remains(calls []Call, line int, random *rand.Rand) (content []byte) {
	durable := durableBefore(calls, line)
	kept := []float64{0, 0.1, 0.5, 0.9, 1}[random.IntN(5)]
	for _, c := range calls {
		switch {
		case c.Ended < durable:
			content = c.apply(content)
		case c.Begun < line:
			content = c.applyPart(content, kept, random)
		}
	}
	return content
}

// durableBefore returns the line such that all calls that ended before it were synced
// before another.
func durableBefore(calls []Call, line int) (durable int) {
	for _, c := range calls {
		if c.Syncs() && c.Ended < line {
			durable = max(durable, c.Begun)
		}
	}
	return durable
}

func (c Call) apply(content []byte) []byte {
	switch c.Name {
	case "pwrite64":
		return writeAt(content, c.Data, c.Number)
	case "ftruncate":
		return resize(content, c.Number)
	}
	return content
}

// applyPart applies what is kept of a call: a change of size or not; of each page everything,
// nothing or, in one of four cases, some of its sectors.
func (c Call) applyPart(content []byte, kept float64, random *rand.Rand) []byte {
	keep := func() bool { return random.Float64() < kept }
	if c.Name == "ftruncate" && keep() {
		return resize(content, c.Number)
	}
	for from := 0; from < len(c.Data); from += page {
		whole, torn := keep(), random.IntN(4) == 0
		for at := from; at < min(from+page, len(c.Data)); at += sector {
			if torn && keep() || !torn && whole {
				content = writeAt(content, c.Data[at:min(at+sector, len(c.Data))], c.Number+int64(at))
			}
		}
	}
	return content
}

func writeAt(content, data []byte, at int64) []byte {
	if end := at + int64(len(data)); end > int64(len(content)) {
		content = resize(content, end)
	}
	copy(content[at:], data)
	return content
}

func resize(content []byte, size int64) []byte {
	if size <= int64(len(content)) {
		return content[:size:size]
	}
	return append(content, make([]byte, size-int64(len(content)))...)
}
