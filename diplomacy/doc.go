// Package diplomacy defines the domain model: the records of a diplomatic
// knowledge graph, their vocabulary and the rules by which they are valid.
//
// An Entity is a thing with an identity (a person, a state, an event). A
// Statement is one typed, dated link between two of them and the unit of truth.
// Evidence says which source backs which part of either. The vocabulary is one
// table, read by validation, by the importers and by the tests of the public
// schema. Valid time is EDTF.
//
// References is the one table that says which fields of a record name other
// records.
//
// The package has no storage and imports no other package of the project. Every
// value in it is safe for concurrent reading.
package diplomacy
