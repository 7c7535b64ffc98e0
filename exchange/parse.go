package exchange

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"chancery/diplomacy"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/shopspring/decimal"
)

// envelope has the keys that lines of every type have; Rest are the other keys.
type envelope struct {
	Type     string           `json:"type"`
	Evidence []jsontext.Value `json:"evidence"`
	Rest     jsontext.Value   `json:",embed"`
}

// statementKeys are the keys of a statement but for references and evidence. Own
// holds its role, under the name that the vocabulary gives it.
type statementKeys struct {
	diplomacy.Statement
	Own map[string]diplomacy.Term `json:",embed"`
}

// parse reads one line and the evidence within it.
func parse(at line, text []byte) (*line, []*line, error) {
	if err := checkSyntax(text); err != nil {
		return nil, nil, err
	}
	var e envelope
	if err := json.Unmarshal(text, &e, strict); err != nil {
		return nil, nil, err
	}
	if len(e.Rest) == 0 {
		e.Rest = jsontext.Value("{}")
	}
	l := &at
	evidence, err := l.parseEvidence(e.Evidence)
	if err != nil {
		return nil, nil, err
	}
	if err := l.parse(&e); err != nil {
		return nil, nil, err
	}
	return l, evidence, nil
}

func (l *line) parse(e *envelope) error {
	kind, isKind := diplomacy.ParseKind(e.Type)
	predicate, isPredicate := diplomacy.ParsePredicate(e.Type)
	switch {
	case isPredicate:
		return l.parseStatement(diplomacy.RuleOf(predicate), e.Rest)
	case isKind && kind.IsEntity():
		return l.parseEntity(kind, e.Rest)
	case kind == diplomacy.KindJudgement:
		return l.parseJudgement(e.Rest, e.Evidence != nil)
	case e.Type == "":
		return fault("type", "is missing")
	}
	return fault("type", diplomacy.Shorten(e.Type)+" is not an entity type, a predicate or Judgement")
}

func (l *line) parseEntity(kind diplomacy.Kind, rest jsontext.Value) error {
	entity := diplomacy.NewEntity(kind)
	if err := l.decode(kind, rest, entity); err != nil {
		return err
	}
	// The zero Decimal is distinct from a zero that was read, and would else be
	// taken for it.
	if o, ok := entity.(*diplomacy.Observation); ok && o.Amount == (decimal.Decimal{}) {
		return fault("amount", "is missing")
	}
	l.record = entity
	return nil
}

func (l *line) parseStatement(rule *diplomacy.Rule, rest jsontext.Value) error {
	var k statementKeys
	if err := l.decode(rule.Predicate, rest, &k); err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(k.Own)) {
		if key != rule.Role {
			return fault(key, "is not a key of "+rule.Name)
		}
	}
	k.Statement.Role = k.Own[rule.Role]
	k.Statement.Predicate = rule.Predicate
	l.record = &k.Statement
	return nil
}

func (l *line) parseJudgement(rest jsontext.Value, hasEvidence bool) error {
	var j diplomacy.Judgement
	if err := l.decode(diplomacy.KindJudgement, rest, &j); err != nil {
		return err
	}
	switch {
	case hasEvidence:
		return fault("evidence", "a judgement has reasons instead of evidence")
	case j.ID != 0:
		return fault("id", "is not a key of this type")
	}
	l.record = &j
	return nil
}

// parseEvidence reads the evidence about a line.
func (l *line) parseEvidence(texts []jsontext.Value) ([]*line, error) {
	lines := make([]*line, len(texts))
	for i, text := range texts {
		var e diplomacy.Evidence
		at := &line{file: l.file, number: l.number, within: fmt.Sprintf("evidence[%d].", i), record: &e, about: l}
		if err := at.decode(diplomacy.KindEvidence, text, &e); err != nil {
			return nil, inside(err, "evidence", strconv.Itoa(i))
		}
		lines[i] = at
	}
	return lines, nil
}

// decode reads the references of an object into the line, and all else into a value.
func (l *line) decode(kind diplomacy.Kind, text jsontext.Value, into any) error {
	refs, rest, err := separate(text, spelled(kind))
	if err != nil {
		return err
	}
	l.refs = refs
	return json.Unmarshal(rest, into, strict)
}

// fault returns an error in a field of a line that decoding does not detect.
func fault(field, reason string) error {
	return &json.SemanticError{JSONPointer: jsontext.Pointer("").AppendToken(field), Err: errors.New(reason)}
}
