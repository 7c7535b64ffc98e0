// Package exchange reads and writes the graph as files: one record a line, a
// JSON object in UTF-8 (NDJSON).
//
// Lines rather than one document, so that a graph of any size streams, an error
// has a line number, and a version control system shows a changed fact as a
// changed line. JSON rather than YAML, because YAML reads some plain words as
// something else: the country code NO becomes false, 1:30 becomes ninety.
//
// Each line names its type:
//
//	{"type":"State","slug":"azerbaijan","names":[{"value":"Azerbaijan","language":"en"}],"identifiers":["wikidata:Q227"]}
//	{"type":"HOLDS_OFFICE","subject":"Person/jeyhun-bayramov","object":"Office/foreign-minister-of-azerbaijan","valid":"2020-07-16/..","evidence":[{"source":"Source/decree","part":"START"}]}
//	{"type":"Judgement","a":"Person/j-bayramov","b":"Person/jeyhun-bayramov","verdict":"SAME","reasons":["same decree"]}
//
// The keys of an entity are those of its type in package diplomacy. A
// statement's type is the name of its predicate; the predicate's own term stands
// under the name that the vocabulary gives it ("capacity", "kind", "role").
// Evidence stands within the line that it is about.
//
// An entity is referred to as Type/slug, as scheme:value of one of its
// identifiers, or by its id. It may stand in the store already or on any line of
// any file of the same import, earlier or later.
//
// A line is matched with what the store has, so that importing a file again
// changes nothing. An entity is the one with the same id, slug or identifier; the
// line replaces the whole of it. A statement is the same when predicate, ends,
// valid time, role and on whose behalf are; evidence when it is about the same
// and source, part, stance, locator and asserted value are; a judgement when it
// is on the same two. Lines that say the same are one, so that files may each
// bring evidence for it. Nothing is ever retracted by an import.
//
// Reading is strict, for a misspelt key would otherwise be a lost fact: unknown
// and repeated keys, null, wrong kinds of values, invalid UTF-8, a byte order
// mark and lines of more than MaxLine bytes are refused. Empty lines are skipped.
package exchange
