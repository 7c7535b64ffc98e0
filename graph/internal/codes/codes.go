// Package codes lists the values of extensions.code in GraphQL errors, beside those
// that package model gives to errors in arguments and those of validation.
package codes

// Errors of the store.
const (
	Forbidden      = "FORBIDDEN"
	Conflict       = "CONFLICT"
	Unavailable    = "UNAVAILABLE"
	OutcomeUnknown = "OUTCOME_UNKNOWN"
	Internal       = "INTERNAL"
)

// Errors in requests and documents.
const (
	BadRequest             = "BAD_REQUEST"
	MethodNotAllowed       = "METHOD_NOT_ALLOWED"
	OperationResolution    = "OPERATION_RESOLUTION_FAILURE"
	IntrospectionDisabled  = "INTROSPECTION_DISABLED"
	DocumentNotTrusted     = "DOCUMENT_NOT_TRUSTED"
	PersistedQueryNotFound = "PERSISTED_QUERY_NOT_FOUND" // this and the next are Apollo's
	PersistedQueryDisabled = "PERSISTED_QUERY_NOT_SUPPORTED"
)

// Errors of operations that exceed a limit, a budget or the server's capacity.
const (
	Limit             = "LIMIT"
	Cost              = "COST"
	Throttled         = "THROTTLED"
	Overloaded        = "OVERLOADED"
	Timeout           = "TIMEOUT"
	TooManyOperations = "TOO_MANY_OPERATIONS"
)

// Errors that end a stream.
const (
	Unauthenticated = "UNAUTHENTICATED"
	Resume          = "RESUME"
)
