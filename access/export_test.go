package access

// Unexported functions for tests outside of the package.
var (
	NewToken  = newToken
	ReadToken = readToken
)
