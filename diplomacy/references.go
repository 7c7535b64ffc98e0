package diplomacy

import (
	"iter"
	"slices"
)

// ReferenceField describes a field in which records of one kind hold the ID of
// another record.
type ReferenceField struct {
	// Name of the field, as in files: the Go name with a lower-case initial.
	Name string
	// Kinds of record that the field may name; empty if records of this kind do
	// not carry it.
	Kinds []Kind
	// Required fields are never zero. Those of entities never are required, so
	// that entities that refer to each other can be written one after the other.
	Required bool
	// Fixed fields keep the value that they had when the record was created.
	Fixed bool
	// Owner is the record that this one belongs to, as evidence to what it is
	// about: files write it inside its owner, and it is retracted with it.
	Owner bool

	// Seen is the direction from which the record named sees this one as a link,
	// and Toward the field that the link leads to; empty for this record itself.
	Seen   Direction
	Toward string
	// Turned links are seen from Toward as well, in the direction ForWhom.
	Turned bool

	id, toward func(Record) *ID
}

// Reference is a field of one record that refers to another.
type Reference struct {
	*ReferenceField
	// ID points into the record; zero if the field is not given.
	ID *ID
}

// ReferenceIn returns what a field of a record refers to; zero if it refers to nothing, and
// if the record is nil.
func ReferenceIn(r Record, name string) ID {
	if r != nil {
		for reference := range References(r) {
			if reference.Name == name {
				return *reference.ID
			}
		}
	}
	return 0
}

// References yields the fields of a record in which it refers to others, given
// or not, in the order of the table of its kind.
func References(r Record) iter.Seq[Reference] {
	return func(yield func(Reference) bool) {
		fields := referenceFields[r.Kind()]
		for i := range fields {
			if id := fields[i].id(r); id != nil && !yield(Reference{&fields[i], id}) {
				return
			}
		}
	}
}

// ReferenceFields returns the row of the table for one kind of record: the
// fields that References yields, which must not be changed.
func ReferenceFields(kind Kind) []ReferenceField { return referenceFields[kind] }

// In returns the same field of another record of the kind; nil if that is of
// another type.
func (f *ReferenceField) In(r Record) *ID { return f.id(r) }

// to returns the record at the other end of the link.
func (f *ReferenceField) to(r Record) ID {
	if f.toward == nil {
		return r.Header().ID
	}
	return *f.toward(r)
}

// entityReferences are the fields in which entities refer to others. Their Kinds
// are kinds of entities other than Source, which may be restricted.
var entityReferences = map[Kind][]ReferenceField{}

// statementReferences are the fields of statements of one predicate.
func statementReferences(rule *Rule) []ReferenceField {
	fromObject := In
	if rule.Symmetric {
		fromObject = Out
	}
	return []ReferenceField{
		{Name: "subject", Kinds: rule.Subjects, Required: true, Fixed: true, Seen: Out, Toward: "object", id: at(func(s *Statement) *ID { return &s.Subject })},
		{Name: "object", Kinds: rule.Objects, Required: true, Fixed: true, Seen: fromObject, Toward: "subject", id: at(func(s *Statement) *ID { return &s.Object })},
		{Name: "onBehalfOf", Kinds: rule.carries(FieldOnBehalfOf, Actors), Seen: Behalf, Toward: "object", Turned: true, id: at(func(s *Statement) *ID { return &s.OnBehalfOf })},
		{Name: "inCapacityOf", Kinds: rule.carries(FieldInCapacityOf, only(KindOffice)), Seen: Capacity, Toward: "object", id: at(func(s *Statement) *ID { return &s.InCapacityOf })},
	}
}

var evidenceReferences = []ReferenceField{
	{Name: "about", Kinds: evidenced(), Required: true, Fixed: true, Owner: true, Seen: Out, Toward: "source", id: at(func(e *Evidence) *ID { return &e.About })},
	{Name: "source", Kinds: only(KindSource), Required: true, Seen: In, Toward: "about", id: at(func(e *Evidence) *ID { return &e.Source })},
	{Name: "attributedTo", Kinds: Actors, Seen: Behalf, Toward: "about", id: at(func(e *Evidence) *ID { return &e.AttributedTo })},
}

var judgementReferences = []ReferenceField{
	{Name: "a", Kinds: EntityKinds, Required: true, Fixed: true, Seen: Out, Toward: "b", id: at(func(j *Judgement) *ID { return &j.A })},
	{Name: "b", Kinds: EntityKinds, Required: true, Fixed: true, Seen: Out, Toward: "a", id: at(func(j *Judgement) *ID { return &j.B })},
}

// at adapts a field of one type of record to all; it is nil in records of others.
func at[R Record](field func(R) *ID) func(Record) *ID {
	return func(r Record) *ID {
		if typed, ok := r.(R); ok {
			return field(typed)
		}
		return nil
	}
}

// carries returns the kinds if statements of the predicate carry the field.
func (r *Rule) carries(field Fields, kinds []Kind) []Kind {
	if r.Fields&field == 0 {
		return nil
	}
	return kinds
}

// evidenced are the kinds of record that evidence can be about.
func evidenced() []Kind {
	kinds := slices.Clip(EntityKinds)
	for _, rule := range Vocabulary {
		kinds = append(kinds, rule.Predicate)
	}
	return kinds
}

// referenceFields is the one table of references, by the kind of record.
// Validation, every store, import and export, commits, the change feed and the
// API read it: a new field of type ID is one row.
var referenceFields = func() (table [256][]ReferenceField) {
	for kind, fields := range entityReferences {
		for i := range fields {
			fields[i].Seen = In
		}
		table[kind] = fields
	}
	for i := range Vocabulary {
		table[Vocabulary[i].Predicate] = statementReferences(&Vocabulary[i])
	}
	table[KindEvidence], table[KindJudgement] = evidenceReferences, judgementReferences
	for _, fields := range table {
		for i := range fields {
			for j := range fields {
				if fields[i].Toward == fields[j].Name {
					fields[i].toward = fields[j].id
				}
			}
		}
	}
	return table
}()

// kindsReferring are the kinds of record that refer to others, in their order.
var kindsReferring = func() (kinds []Kind) {
	for kind, fields := range referenceFields {
		if len(fields) > 0 {
			kinds = append(kinds, Kind(kind))
		}
	}
	return kinds
}()

// ReferringKinds returns all kinds of record that have ReferenceFields, in the
// order of their numbers.
func ReferringKinds() []Kind { return kindsReferring }
