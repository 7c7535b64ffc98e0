package exchange

import (
	"bytes"
	"fmt"
	"slices"

	"chancery/diplomacy"
	"chancery/store"

	"github.com/go-json-experiment/json/jsontext"
)

func (x *export) entities() error {
	for ids := range slices.Chunk(x.order, 100) {
		records, err := x.r.Records(x.ctx, ids)
		if err != nil {
			return err
		}
		for _, record := range records {
			if err := x.entity(record); err != nil {
				return err
			}
		}
	}
	return nil
}

func (x *export) entity(record diplomacy.Record) error {
	text, err := x.text(record.Kind().String(), diplomacy.CopyOf(record))
	if err != nil {
		return err
	}
	evidence, err := x.evidence(record.Header().ID)
	if err != nil {
		return err
	}
	return x.write(text.closed(), evidence)
}

// evidence returns the evidence about a record as JSON.
func (x *export) evidence(about diplomacy.ID) ([]jsontext.Value, error) {
	found, err := x.via(about, store.Arc{Kind: diplomacy.KindEvidence, Direction: store.Out})
	if err != nil {
		return nil, err
	}
	lines := make([]jsontext.Value, len(found))
	for i, record := range found {
		text, err := x.text("", diplomacy.CopyOf(record))
		if err != nil {
			return nil, err
		}
		lines[i] = text.closed()
	}
	return lines, nil
}

// via reads the records of the links along an arc.
func (x *export) via(of diplomacy.ID, arc store.Arc) ([]diplomacy.Record, error) {
	var ids []diplomacy.ID
	for link, err := range store.AllLinks(x.ctx, x.r, of, arc) {
		if err != nil {
			return nil, err
		}
		ids = append(ids, link.Via)
	}
	return x.r.Records(x.ctx, ids)
}

// write writes one line: a record and the evidence about it, sorted by its text and
// without duplicates.
func (x *export) write(record jsontext.Value, evidence []jsontext.Value) error {
	if len(evidence) > 0 {
		slices.SortFunc(evidence, compare)
		evidence = slices.CompactFunc(evidence, func(a, b jsontext.Value) bool { return compare(a, b) == 0 })
		record = withEvidence(record, evidence)
	}
	if len(record) > MaxLine {
		return fmt.Errorf("the line that begins %.100s has %d bytes; at most %d can be read back", record, len(record), MaxLine)
	}
	_, err := x.w.Write(append(record, '\n'))
	return err
}

func compare(a, b jsontext.Value) int { return bytes.Compare(a, b) }
