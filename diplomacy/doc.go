// Package diplomacy is the centre of the house: what a diplomatic knowledge
// graph is made of and which of it is allowed.
//
// An Entity is a thing with an identity (a person, a state, an event). A
// Statement is one typed, dated link between two of them and the unit of truth.
// Evidence says which source backs which part of either. The vocabulary is one
// table, read by validation, by the importers and by the tests of the public
// schema. Valid time is EDTF.
//
// The package holds rules and no storage; it imports no other package of the
// project and every value in it is safe for concurrent reading.
package diplomacy
