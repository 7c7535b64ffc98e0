// Package mutation translates the inputs of GraphQL's mutations into requests of
// package curation, and shows what became of them in the asker's words.
//
// Inputs come as maps, as they stand in the document or its variables:
// validation has seen their types, but not that exactly one change is given
// where @oneOf asks for one in variables, nor what custom scalars hold. Ids are
// read raw, since a commit may name records by slug, identifier or label.
//
// What is wrong is told at the place in the input where it is; the fields that
// the API names otherwise than files do are named as the API does.
package mutation
