// Package mutation translates the inputs of GraphQL mutations into requests of package
// curation, and the results into payloads.
//
// Inputs are maps, as the document or its variables have them. Validation has checked
// their types, but not that a change in variables has exactly one field, nor what custom
// scalars contain. Ids are decoded here, since a commit may name records by slug,
// identifier or label, too.
//
// A problem is reported at its path in the input, with the field names of the API, some
// of which differ from those in files.
package mutation
