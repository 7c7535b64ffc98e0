// Package exchange reads and writes the graph as files: one record a line, a
// JSON object in UTF-8 (NDJSON).
//
// The format has lines rather than one document so that a graph of any size can be
// streamed, an error has a line number, and a version control system shows a changed
// fact as a changed line. It is JSON rather than YAML because YAML gives some plain
// words another meaning: the country code NO becomes false, 1:30 becomes ninety.
//
// Each line names its type:
//
//	{"type":"State","slug":"azerbaijan","names":[{"value":"Azerbaijan","language":"en"}],"identifiers":["wikidata:Q227"]}
//	{"type":"HOLDS_OFFICE","subject":"Person/jeyhun-bayramov","object":"Office/foreign-minister-of-azerbaijan","valid":"2020-07-16/..","evidence":[{"source":"Source/decree","part":"START"}]}
//	{"type":"Judgement","a":"Person/j-bayramov","b":"Person/jeyhun-bayramov","verdict":"SAME","reasons":["same decree"]}
//
// The keys of an entity are the fields of its type in package diplomacy. The type of
// a statement is the name of its predicate; its role has the name that the vocabulary
// gives it ("capacity", "kind", "role"). Evidence is nested in the line of what it is
// about.
//
// A reference to an entity is Type/slug, scheme:value of one of its identifiers, or
// its id. The entity may be in the store already or on any line of any file of the
// same import, earlier or later.
//
// Import matches each line with the records in the store, so that importing a file
// again changes nothing. An entity matches by id, slug or identifier; the line
// replaces all of its fields. A statement matches by predicate, subject, object,
// valid time, role and onBehalfOf; evidence by what it is about, source, part,
// stance, locator and asserted value; a judgement by its two entities. Lines that say
// the same become one record, so that several files may bring evidence for it. An
// import never withdraws a record.
//
// Import is strict, since a misspelt key would otherwise be a lost fact: it rejects
// unknown and repeated keys, null, values of the wrong type, invalid UTF-8, a byte
// order mark and lines of more than MaxLine bytes. It skips empty lines.
package exchange
