package bolt

import (
	"errors"

	"chancery/diplomacy"

	lru "github.com/hashicorp/golang-lru/v2"
)

// decoded keeps versions of records that were read, for most answers show the
// same ones again and decoding makes most of their allocations. A committed
// version never changes, so nothing ever has to be taken out.
type decoded struct {
	versions *lru.Cache[version, diplomacy.Record]
	telling  *lru.Cache[tally, telling] // what transactions tell of what is not hidden
	uses     *uses                      // of versions
	durable  diplomacy.TxNumber         // a writer's: the last transaction whose versions it may keep
}

// upTo is for a writer, whose own versions and those of its batch may never be
// committed.
func (d *decoded) upTo(durable diplomacy.TxNumber) *decoded {
	if durable == 0 {
		return nil
	}
	return &decoded{versions: d.versions, telling: d.telling, uses: d.uses, durable: durable}
}

// tally names what a transaction tells, when some other was the last one.
type tally struct{ last, of diplomacy.TxNumber }

// tallyCount is how many of them are kept.
const tallyCount = 4 << 10

// version names a version of a record.
type version struct {
	id    diplomacy.ID
	since diplomacy.TxNumber
}

// At most decodedCount records are kept, none of which was larger than
// decodedSize bytes in the file: some ten megabytes as a rule.
const (
	decodedCount = 16 << 10
	decodedSize  = 4 << 10
)

func newDecoded() *decoded {
	versions, err := lru.New[version, diplomacy.Record](decodedCount)
	telling, err2 := lru.New[tally, telling](tallyCount)
	if err := errors.Join(err, err2); err != nil {
		panic(err) // the sizes are constants
	}
	return &decoded{versions: versions, telling: telling, uses: new(uses)}
}

// record decodes a version unless it is at hand.
func (d *decoded) record(id diplomacy.ID, payload []byte, since diplomacy.TxNumber) (diplomacy.Record, error) {
	if d == nil || len(payload) > decodedSize || d.durable != 0 && since > d.durable {
		return decodeRecord(id, payload, since, 0)
	}
	if record, found := d.versions.Get(version{id, since}); found {
		d.uses.hits.Add(1)
		return record, nil
	}
	d.uses.misses.Add(1)
	record, err := decodeRecord(id, payload, since, 0)
	if err == nil {
		d.versions.Add(version{id, since}, record)
	}
	return record, err
}
