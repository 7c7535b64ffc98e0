package exchange

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"chancery/diplomacy"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/shopspring/decimal"
)

// envelope is what lines of every type have; Rest are the other keys.
type envelope struct {
	Type     string         `json:"type"`
	Evidence []evidenceKeys `json:"evidence"`
	Rest     jsontext.Value `json:",embed"`
}

// statementKeys are the keys of a statement but for its evidence. Own holds
// its role, under the name that the vocabulary gives it.
type statementKeys struct {
	Type    string    `json:"type,omitempty"`
	Subject reference `json:"subject"`
	Object  reference `json:"object"`
	diplomacy.Statement
	OnBehalfOf   reference                 `json:"onBehalfOf,omitzero"`
	InCapacityOf reference                 `json:"inCapacityOf,omitzero"`
	Own          map[string]diplomacy.Term `json:",embed"`
}

type evidenceKeys struct {
	Source reference `json:"source"`
	diplomacy.Evidence
	AttributedTo reference `json:"attributedTo,omitzero"`
}

type judgementKeys struct {
	Type    string         `json:"type,omitempty"`
	A       reference      `json:"a"`
	B       reference      `json:"b"`
	Verdict diplomacy.Term `json:"verdict"`
	Reasons []string       `json:"reasons,omitempty"`
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
	if err := l.parse(&e); err != nil {
		return nil, nil, err
	}
	return l, l.withEvidence(e.Evidence), nil
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
		return l.parseJudgement(e)
	case e.Type == "":
		return fault("type", "is missing")
	}
	return fault("type", diplomacy.Shorten(e.Type)+" is no type of entity, no predicate and not Judgement")
}

func (l *line) parseEntity(kind diplomacy.Kind, rest jsontext.Value) error {
	entity := diplomacy.NewEntity(kind)
	if err := json.Unmarshal(rest, entity, strict); err != nil {
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
	if err := json.Unmarshal(rest, &k, strict); err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(k.Own)) {
		if key != rule.Role {
			return fault(key, "is no key of "+rule.Name)
		}
	}
	k.Statement.Role = k.Own[rule.Role]
	k.Statement.Predicate = rule.Predicate
	l.record, l.refs = &k.Statement, []reference{k.Subject, k.Object, k.OnBehalfOf, k.InCapacityOf}
	return nil
}

func (l *line) parseJudgement(e *envelope) error {
	var k judgementKeys
	if err := json.Unmarshal(e.Rest, &k, strict); err != nil {
		return err
	}
	if e.Evidence != nil {
		return fault("evidence", "a judgement has reasons instead")
	}
	l.record = &diplomacy.Judgement{Verdict: k.Verdict, Reasons: k.Reasons}
	l.refs = []reference{k.A, k.B}
	return nil
}

// withEvidence makes lines of the evidence about a line.
func (l *line) withEvidence(keys []evidenceKeys) []*line {
	lines := make([]*line, len(keys))
	for i := range keys {
		k := &keys[i]
		lines[i] = &line{file: l.file, number: l.number, within: fmt.Sprintf("evidence[%d].", i),
			record: &k.Evidence, refs: []reference{k.Source, k.AttributedTo}, about: l}
	}
	return lines
}

// fault is an error in a field of a line that decoding does not see.
func fault(field, reason string) error {
	return &json.SemanticError{JSONPointer: jsontext.Pointer("").AppendToken(field), Err: errors.New(reason)}
}
