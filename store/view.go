package store

import "chancery/diplomacy"

// View says which state of the graph to read, and what of it. The zero View is
// what anybody may see of the present.
//
// # Identity
//
// Unless Apart, entities that judgements of that state hold to be the SAME,
// directly or by way of others, answer as one: under the smallest of their ids,
// the canonical one. So do statements of one predicate that say the same
// (Statement.SameValue) once every entity they name is replaced by its canonical
// one, when one of those is of several; and again the smallest id is canonical.
//
//   - Records and Find answer with the canonical record, whichever id or key of
//     the group was asked for. It is as it was stored: a statement still names
//     the ends it was recorded with.
//   - Links of one are those of all in its group, in one order: by the time of
//     the link, then by node and via as they were stored, so that a judgement
//     moves no cursor. Node and Via are canonical ids, and Facets those of the
//     canonical node; Span, Role and Rank are those of the record.
//   - A statement of several is shown once, where its canonical one stands, and
//     it is that one which filters look at: ranks may differ. Of a statement's
//     evidence, Links gives that of all with which it is one.
//   - What leads from a group into itself along an arc that is the same from both
//     ends (a symmetric statement, a judgement) is shown once, from the smaller
//     end.
//   - Distinct takes nodes of one group for one node. A test for nodes
//     (LinkFilter.Nodes) passes what is in the group of one of them.
//   - List shows of each group the canonical entity alone, with its own names and
//     facets.
//   - Counts count what is shown so.
//   - Versions and Changes tell of the records themselves.
//
// # Restricted
//
// Unless Restricted, what is restricted now, whatever transaction is Known, is
// not there: Records gives nil for it, Find the zero ID, Versions nothing; Links,
// List, Changes and counts pass over it; nor does it make anything canonical. A
// Transaction that touched it tells its number, its time and how many its other
// changes are, and nothing else: not who did it or why, not what it reverts, nor
// whether statements were left without evidence. Evidence that it closed together with
// what that is about, or restored together with it, does not count: what happens to all
// evidence must not tell that there was more of it.
//
// Evidence may come to rest on another source. A version of it that rests on one
// which is restricted now is not there, whatever later versions rest on: Versions
// leaves it out, no earlier state has it or its links, and the change that made it
// is passed over. A Transaction that wrote or closed such a version is as blank as
// one of which a change is not counted. All else keeps what it rests on.
//
// What is hidden by that gives nothing under its own id either, be it one with
// something that is not: its id does not lead there.
//
// Restricted are sources and statements that say so (Source.Restricted,
// Statement.Restricted), statements with such a source at an end, evidence from
// such a source or about what is restricted, and judgements about such sources. A
// withdrawn one is also restricted by Writer.Restrict; a Transaction that did so is
// blank.
// What was restricted when it was retracted stays restricted; and what was
// retracted before is restricted from when its source is, or for evidence the
// statement it was about.
type View struct {
	Known      diplomacy.TxNumber // the transaction that left the state; 0 is the last
	Restricted bool               // show what is restricted too
	Apart      bool               // show each entity for itself, whatever was judged
	Meter      *Meter             // counts the work of the reads; nil for none
}

// Everything returns the view that hides and merges nothing, for export, check and
// tests.
func Everything(known diplomacy.TxNumber) View {
	return View{Known: known, Restricted: true, Apart: true}
}
