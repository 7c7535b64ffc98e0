package access

// The tests outside of the package look at these.
var (
	NewToken  = newToken
	ReadToken = readToken
)
