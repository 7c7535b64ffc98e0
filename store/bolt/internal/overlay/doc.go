// Package overlay lays identity and restriction over the records as they are stored.
// Neither rewrites anything: a View decides which records are hidden, and a Resolver
// which are merged, when they are read.
//
// Which entities are the same is found by walking over the judgements in the identity
// table; which records are restricted now, by looking into the current half of the
// restricted table, whatever transaction is read. Where nothing is judged the same or
// nothing is restricted, there is no Resolver, and reads pay for neither.
//
// The links of merged entities are those of its members, walked side by side. Whether a
// statement is the first of those that say the same is found by leaping through the
// links of the smaller of its ends' groups to members of the other: a group of n costs
// n seeks, not n times that of the other end.
//
// It imports mvcc, to read the tables, and layout for their keys.
package overlay
