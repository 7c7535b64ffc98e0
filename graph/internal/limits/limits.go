// Package limits rejects documents that are too large before they are validated, and
// stops operations that take too long.
package limits

import "cmp"

// Limits bound the size of one document and what one operation may use; a zero field
// means its documented default. A document that exceeds one is rejected before it is
// validated, since validation takes time that grows with the square of its size.
// Variables are not counted: long values belong there.
//
// The fields of a fragment count wherever it is spread. The operations of a document
// are counted together, since they are validated together.
type Limits struct {
	// Bytes is the maximum length of a document. Default: 64 KiB.
	Bytes int
	// Tokens is the maximum number of lexical tokens of a document, including comments.
	// Default: 2,000.
	Tokens int
	// Depth is the maximum nesting depth of fields. Default: 30.
	Depth int
	// Fields is the maximum number of selected fields. Default: 3,000.
	Fields int
	// RootFields is the maximum number of fields of Query, Mutation or Subscription in
	// one operation. Default: 50.
	RootFields int
	// Aliases is the maximum number of aliases. Default: 100.
	Aliases int
	// Directives is the maximum number of directives. Default: 100.
	Directives int
	// Cost is the maximum estimated cost of one operation, in units of @cost; one unit
	// takes about two microseconds of a processor. Default: 100,000.
	Cost int
	// Memory is how many bytes one operation may hold: records that it has read and its
	// response, as counted while it runs. Default: 32 MiB.
	Memory int64
	// Representations is the maximum number of entity representations that a federation
	// router may send with one operation, including those in variables. Default: 5,000.
	Representations int
}

// WithDefaults returns the limits with every zero field replaced by its default.
func (l Limits) WithDefaults() Limits {
	l.Bytes = cmp.Or(l.Bytes, 64<<10)
	l.Tokens = cmp.Or(l.Tokens, 2_000)
	l.Depth = cmp.Or(l.Depth, 30)
	l.Fields = cmp.Or(l.Fields, 3_000)
	l.RootFields = cmp.Or(l.RootFields, 50)
	l.Aliases = cmp.Or(l.Aliases, 100)
	l.Directives = cmp.Or(l.Directives, 100)
	l.Cost = cmp.Or(l.Cost, 100_000)
	l.Memory = cmp.Or(l.Memory, 32<<20)
	l.Representations = cmp.Or(l.Representations, 5_000)
	return l
}
