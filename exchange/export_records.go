package exchange

import (
	"bytes"
	"fmt"
	"slices"

	"chancery/diplomacy"
	"chancery/store"

	"github.com/go-json-experiment/json"
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
	text, err := join(map[string]string{"type": record.Kind().String()}, diplomacy.CopyOf(record))
	if err != nil {
		return err
	}
	evidence, err := x.evidence(record.Header().ID)
	if err != nil {
		return err
	}
	return x.write(text, evidence)
}

// evidence is that about a record.
func (x *export) evidence(about diplomacy.ID) ([]jsontext.Value, error) {
	found, err := x.via(about, store.Arc{Kind: diplomacy.KindEvidence, Direction: store.Out})
	if err != nil {
		return nil, err
	}
	lines := make([]jsontext.Value, len(found))
	for i, record := range found {
		e := diplomacy.CopyOf(record).(*diplomacy.Evidence)
		keys := evidenceKeys{Source: x.ref(e.Source), Evidence: *e, AttributedTo: x.ref(e.AttributedTo)}
		if lines[i], err = json.Marshal(keys, plain); err != nil {
			return nil, err
		}
	}
	return lines, nil
}

// via reads the records that link along an arc.
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

// write writes one line: a record and the evidence about it, in the order of its
// text and without repetition.
func (x *export) write(record jsontext.Value, evidence []jsontext.Value) (err error) {
	if len(evidence) > 0 {
		slices.SortFunc(evidence, compare)
		evidence = slices.CompactFunc(evidence, func(a, b jsontext.Value) bool { return compare(a, b) == 0 })
		if record, err = join(record, map[string][]jsontext.Value{"evidence": evidence}); err != nil {
			return err
		}
	}
	if len(record) > MaxLine {
		return fmt.Errorf("the line that begins %.100s has %d bytes; at most %d can be read back", record, len(record), MaxLine)
	}
	_, err = x.w.Write(append(record, '\n'))
	return err
}

func compare(a, b jsontext.Value) int { return bytes.Compare(a, b) }

// join makes one JSON object of several, in their order.
func join(objects ...any) (jsontext.Value, error) {
	joined := []byte{'{'}
	for _, object := range objects {
		text, err := json.Marshal(object, plain)
		if err != nil {
			return nil, err
		}
		if members := text[1 : len(text)-1]; len(members) > 0 {
			if len(joined) > 1 {
				joined = append(joined, ',')
			}
			joined = append(joined, members...)
		}
	}
	return append(joined, '}'), nil
}
