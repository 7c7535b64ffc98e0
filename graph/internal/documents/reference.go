package documents

import (
	"encoding/json"
	"fmt"
	"strings"

	"chancery/graph/internal/codes"

	"github.com/vektah/gqlparser/v2/gqlerror"
)

// ExtensionKey is the name under which a transport puts the documentId of a request
// among its extensions.
const ExtensionKey = "documentId"

// HasReference reports whether extensions identify a document, validly or not.
func HasReference(extensions map[string]any) bool {
	return extensions[ExtensionKey] != nil || extensions["persistedQuery"] != nil
}

// idOf returns the id of a request; if documentId and persistedQuery are both given they
// must agree.
func idOf(extensions map[string]any) (string, *gqlerror.Error) {
	if !HasReference(extensions) {
		return "", nil
	}
	id, ok := extensions[ExtensionKey].(string)
	if extensions[ExtensionKey] != nil && (!ok || id == "" || len(id) > maxID) {
		return "", newError(codes.BadRequest, fmt.Sprintf("%s is a string of up to %d bytes", ExtensionKey, maxID))
	}
	hash, invalid := persistedQuery(extensions["persistedQuery"])
	if invalid != nil {
		return "", invalid
	}
	if id != "" && hash != "" && strings.TrimPrefix(id, sha256Prefix) != hash {
		return "", newError(codes.BadRequest, "documentId and persistedQuery identify different documents")
	}
	if id == "" {
		id = hash
	}
	return id, nil
}

// persistedQuery reads the extension of Apollo's clients.
func persistedQuery(extension any) (hash string, invalid *gqlerror.Error) {
	if extension == nil {
		return "", nil
	}
	fields, _ := extension.(map[string]any)
	hash, _ = fields["sha256Hash"].(string)
	if hash == "" || len(hash) > maxID {
		return "", newError(codes.BadRequest, "persistedQuery is an object with version, which is 1, and sha256Hash")
	}
	if version, _ := fields["version"].(json.Number); version != "1" {
		return "", newError(codes.PersistedQueryDisabled, "PersistedQueryNotSupported")
	}
	return hash, nil
}

func newError(code, message string) *gqlerror.Error {
	return &gqlerror.Error{Message: message, Extensions: map[string]any{"code": code}}
}
