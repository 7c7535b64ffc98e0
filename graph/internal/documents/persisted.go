package documents

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// ID is where a transport puts the documentId of a request: among its extensions,
// under the name that it has outside of them.
const ID = "documentId"

// Codes of errors. The first two, and their messages, are what Apollo's clients
// look for.
const (
	CodeNotFound     = "PERSISTED_QUERY_NOT_FOUND"
	CodeNotSupported = "PERSISTED_QUERY_NOT_SUPPORTED"
	CodeNotTrusted   = "DOCUMENT_NOT_TRUSTED"
	codeMalformed    = "BAD_REQUEST"
)

// Persisted is an extension of the executor: it puts the text of a document in the
// place of its id, before anything else looks at the request. An automatic one is
// kept once it was found to be within the limits and valid; of many, those used
// last.
type Persisted struct {
	trusted   *Trusted
	only      bool
	automatic *lru.Cache[string, string] // texts by their SHA-256
}

var _ interface {
	graphql.OperationParameterMutator
	graphql.OperationContextMutator
} = (*Persisted)(nil)

// New keeps so many automatic documents beside the trusted ones; or, if only those
// are to run, none.
func New(trusted *Trusted, only bool, automatic int) *Persisted {
	kept, err := lru.New[string, string](automatic)
	if err != nil {
		panic(err) // of a number that is not positive
	}
	return &Persisted{trusted, only, kept}
}

// ExtensionName is asked for by the executor.
func (*Persisted) ExtensionName() string { return "PersistedDocuments" }

// Validate finds nothing wrong with any schema.
func (*Persisted) Validate(graphql.ExecutableSchema) error { return nil }

// Asked is how a client asked for a document.
type Asked struct {
	ID      string // as it was given; empty if the text was
	Trusted bool
	keep    bool // once it is known to be valid
}

// AskedOf is how the document of an operation was asked for.
func AskedOf(o *graphql.OperationContext) Asked {
	asked, _ := o.Stats.GetExtension(ID).(Asked)
	return asked
}

// MutateOperationParameters finds the text.
func (p *Persisted) MutateOperationParameters(ctx context.Context, params *graphql.RawParams) *gqlerror.Error {
	id, wrong := idOf(params.Extensions)
	if wrong != nil {
		return wrong
	}
	asked := Asked{ID: id}
	if id != "" {
		if wrong := p.find(&asked, params); wrong != nil {
			return wrong
		}
	}
	asked.Trusted = p.trusted.holds(params.Query)
	if p.only && !asked.Trusted {
		return refusal(CodeNotTrusted, "only documents that this server was told to trust are run here; ask for one by its id, or by its exact text")
	}
	if id != "" || asked.Trusted {
		graphql.GetOperationContext(ctx).Stats.SetExtension(ID, asked)
	}
	return nil
}

// find puts the text of the id into the request. A text that came with it must be
// the one that it is of.
func (p *Persisted) find(asked *Asked, params *graphql.RawParams) *gqlerror.Error {
	text, known := p.trusted.text(asked.ID)
	hash := strings.TrimPrefix(asked.ID, sha256Prefix)
	if !known && !p.only {
		text, known = p.automatic.Get(hash)
	}
	switch {
	case known && (params.Query == "" || params.Query == text):
		params.Query = text
	case known, params.Query != "" && hashOf(params.Query) != hash:
		return refusal(codeMalformed, "the document is not the one of the id that it is sent with; an id is the SHA-256 of the text, in lower-case hexadecimal digits")
	case params.Query != "":
		asked.keep = true
	case !p.only:
		return refusal(CodeNotFound, "PersistedQueryNotFound")
	}
	return nil
}

// Text is the text of the document that a request asks for, which may be wrong in any
// way; empty where the request has an id of none that is kept.
func (p *Persisted) Text(params *graphql.RawParams) string {
	if params.Query != "" {
		return params.Query
	}
	id, wrong := idOf(params.Extensions)
	if wrong != nil {
		return ""
	}
	text, known := p.trusted.text(id)
	if !known {
		text, _ = p.automatic.Peek(strings.TrimPrefix(id, sha256Prefix))
	}
	return text
}

// MutateOperationContext keeps a document that came so far: it is valid.
func (p *Persisted) MutateOperationContext(_ context.Context, o *graphql.OperationContext) *gqlerror.Error {
	if asked := AskedOf(o); asked.keep && !p.only {
		p.automatic.Add(strings.TrimPrefix(asked.ID, sha256Prefix), o.RawQuery)
	}
	return nil
}

// Named reports whether extensions name a document, rightly or not.
func Named(extensions map[string]any) bool {
	return extensions[ID] != nil || extensions["persistedQuery"] != nil
}

// idOf reads the id, given in either way; both must give the same.
func idOf(extensions map[string]any) (string, *gqlerror.Error) {
	if !Named(extensions) {
		return "", nil
	}
	id, given := extensions[ID].(string)
	if extensions[ID] != nil && (!given || id == "" || len(id) > maxID) {
		return "", refusal(codeMalformed, fmt.Sprintf("%s is a text, of up to %d bytes", ID, maxID))
	}
	hash, wrong := automaticOf(extensions["persistedQuery"])
	if wrong != nil {
		return "", wrong
	}
	if id != "" && hash != "" && strings.TrimPrefix(id, sha256Prefix) != hash {
		return "", refusal(codeMalformed, "two documents are asked for; one request asks for one")
	}
	if id == "" {
		id = hash
	}
	return id, nil
}

// automaticOf reads the extension of Apollo's clients.
func automaticOf(extension any) (hash string, wrong *gqlerror.Error) {
	if extension == nil {
		return "", nil
	}
	fields, _ := extension.(map[string]any)
	hash, _ = fields["sha256Hash"].(string)
	if hash == "" || len(hash) > maxID {
		return "", refusal(codeMalformed, "persistedQuery is an object of version, which is 1, and sha256Hash")
	}
	if version, _ := fields["version"].(json.Number); version != "1" {
		return "", refusal(CodeNotSupported, "PersistedQueryNotSupported")
	}
	return hash, nil
}

func refusal(code, message string) *gqlerror.Error {
	return &gqlerror.Error{Message: message, Extensions: map[string]any{"code": code}}
}
