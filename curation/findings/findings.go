// Package findings says what is doubtful in a graph, by a table of rules (Rules) over
// the vocabulary.
//
// A rule looks at one entity at a time, with what surrounds it: the statements that
// the entity owns, the entities at their other ends, and the evidence. So the cost of
// examining an entity does not depend on the size of the graph.
//
// Rules report what is certainly so: of dates that are not known, or are qualified,
// nothing is reported. Statements ranked DEPRECATED are known to be wrong and are left
// out, except where they have no evidence. Everything is read through a Reader, so
// nothing is found that its View does not show.
package findings

import (
	"encoding/binary"
	"slices"

	"chancery/diplomacy"
)

// Severities of rules, the gravest first: ERROR contradicts another record or is
// impossible; WARNING is probably a mistake; INFO is right as far as known, but poorly
// supported.
var Severities = diplomacy.Terms{"ERROR", "WARNING", "INFO"}

// Finding is one doubt.
type Finding struct {
	Rule *Rule
	// Owner is the entity under which the finding is listed.
	Owner diplomacy.ID
	// Records are those concerned, the one that is probably wrong first; at least one.
	Records []diplomacy.ID
	// Message says what is doubtful in a sentence, with names and dates.
	Message string
	// Transaction is the last one that wrote one of the Records.
	Transaction diplomacy.TxNumber
	// Entities are all entities that the Records are or link; Sources those of their
	// evidence. Both ascend.
	Entities, Sources []diplomacy.ID

	from diplomacy.ID // the entity that was examined
}

// Concerns reports whether an entity or another record is among those of the finding.
func (f *Finding) Concerns(id diplomacy.ID) bool {
	return slices.Contains(f.Records, id) || slices.Contains(f.Entities, id)
}

// RestsOn reports whether a source is among those of the finding.
func (f *Finding) RestsOn(source diplomacy.ID) bool {
	return slices.Contains(f.Sources, source) || slices.Contains(f.Records, source)
}

// key identifies a finding of its owner, and orders it: by the row of its rule, then by
// its records.
func (f *Finding) key() string {
	row := slices.IndexFunc(Rules, func(r Rule) bool { return r.Code == f.Rule.Code })
	key := binary.BigEndian.AppendUint16(nil, uint16(row))
	for _, id := range f.Records {
		key = binary.BigEndian.AppendUint64(key, uint64(id))
	}
	return string(key)
}

// touches reports whether one of the finding's records is among some.
func (f *Finding) touches(records map[diplomacy.ID]bool) bool {
	return slices.ContainsFunc(f.Records, func(id diplomacy.ID) bool { return records[id] })
}
