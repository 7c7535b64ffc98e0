// Package documents knows documents that a client need not send. Trusted ones were
// written down when the client was built, in the manifest of a code generator, and
// are validated when the server starts. Automatic ones were sent once by some
// client, with their SHA-256, which is enough from then on.
//
// A document is asked for in either of two ways, which mean the same: documentId,
// as the appendix of GraphQL over HTTP has it, or the extension persistedQuery, as
// Apollo's clients have it.
package documents
