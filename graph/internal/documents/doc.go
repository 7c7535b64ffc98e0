// Package documents resolves documents that a client identifies instead of sending
// them. Trusted documents come from manifests that code generators write when a client
// is built; they are validated when the server starts. Automatic persisted queries were
// sent once by some client with their SHA-256, which suffices from then on.
//
// A request identifies a document by documentId, as the appendix of GraphQL over HTTP
// specifies, or by the extension persistedQuery of Apollo's clients; both mean the same.
package documents
