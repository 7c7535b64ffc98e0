// Package arguments decodes the arguments of fields that read the graph into the
// queries of the store. It takes them as the document and its variables have them:
// validated, with the schema's defaults, and with scalars that are not decoded yet.
// What is wrong with one is a model.UserError that names it.
package arguments
