package documents

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// sha256Prefix marks an id that is the SHA-256 of its document, in lower-case
// hexadecimal digits.
const sha256Prefix = "sha256:"

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Trusted are the documents of manifests, parsed and validated. It does not change;
// nil is none.
type Trusted struct {
	byID, byHash map[string]*Entry
	parsed       map[string]*ast.QueryDocument // by text
}

// Trust validates the documents of manifests. Its error is a *Refused, which names
// all that are not valid, and ids that are of two documents.
func Trust(schema *ast.Schema, manifests ...[]Entry) (*Trusted, error) {
	t := &Trusted{map[string]*Entry{}, map[string]*Entry{}, map[string]*ast.QueryDocument{}}
	refused := &Refused{}
	validation := rules.NewDefaultRules()
	for _, manifest := range manifests {
		for i := range manifest {
			refused.Add(t.add(schema, validation, &manifest[i])...)
		}
	}
	return t, refused.orNil()
}

func (t *Trusted) add(schema *ast.Schema, validation *rules.Rules, e *Entry) []Fault {
	if other := t.byID[e.ID]; other != nil && other.Text != e.Text {
		return []Fault{e.fault("it is of another document too, at %s:%d", other.file, other.line)}
	}
	t.byID[e.ID], t.byHash[hashOf(e.Text)] = e, e
	if t.parsed[e.Text] != nil {
		return nil
	}
	document, errs := parse(schema, validation, e.Text)
	t.parsed[e.Text] = document
	if len(errs) == 0 && e.Name != "" && document.Operations.ForName(e.Name) == nil {
		return []Fault{e.fault("its document has no operation %s", quoted(e.Name))}
	}
	var faults []Fault
	for _, err := range errs {
		at := ""
		if len(err.Locations) > 0 {
			at = fmt.Sprintf(" (line %d of the document)", err.Locations[0].Line)
		}
		faults = append(faults, e.fault("%s%s", err.Message, at))
	}
	return faults
}

func parse(schema *ast.Schema, validation *rules.Rules, text string) (*ast.QueryDocument, gqlerror.List) {
	document, err := parser.ParseQuery(&ast.Source{Input: text})
	if err != nil {
		return nil, gqlerror.List{gqlerror.WrapIfUnwrapped(err)}
	}
	if len(document.Operations) == 0 {
		return nil, gqlerror.List{{Message: "it has no operation"}}
	}
	return document, validator.ValidateWithRules(schema, document, validation)
}

func (e *Entry) fault(format string, args ...any) Fault {
	return Fault{e.file, e.line, "document " + quoted(e.ID) + ": " + fmt.Sprintf(format, args...)}
}

// Len is how many documents there are.
func (t *Trusted) Len() int {
	if t == nil {
		return 0
	}
	return len(t.byHash)
}

// text is that of an id, or of a hash.
func (t *Trusted) text(id string) (string, bool) {
	if t == nil {
		return "", false
	}
	e := t.byID[id]
	if e == nil {
		e = t.byHash[strings.TrimPrefix(id, sha256Prefix)]
	}
	if e == nil {
		return "", false
	}
	return e.Text, true
}

// holds reports whether a text is that of one of them.
func (t *Trusted) holds(text string) bool { return t != nil && t.parsed[text] != nil }
