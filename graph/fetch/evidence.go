package fetch

import (
	"context"

	"chancery/diplomacy"
	"chancery/graph/model"

	"github.com/99designs/gqlgen/graphql"
)

var evidenceRows = rows{
	"Thing.evidence":              relatedStep{diplomacy.KindEvidence},
	"Statement.evidence":          relatedStep{diplomacy.KindEvidence},
	"Participation.titleAsserted": relatedStep{diplomacy.KindEvidence},
	"Evidence.doubts":             evidenceContextStep{},
	"Evidence.stale":              evidenceContextStep{},
	"Evidence.quoteState":         evidenceContextStep{},
}

// Evidence returns the evidence about a statement or entity, by source, each in the
// order in which it was recorded.
func (o *Operation) Evidence(ctx context.Context, about diplomacy.ID) ([]*model.Evidence, error) {
	records, err := relatedRecords[*diplomacy.Evidence](ctx, o, diplomacy.KindEvidence, about)
	list := make([]*model.Evidence, len(records))
	for i, record := range records {
		list[i] = &model.Evidence{Evidence: record}
	}
	return list, err
}

// relatedStep fetches the evidence or judgements about records.
type relatedStep struct{ kind diplomacy.Kind }

func (s relatedStep) fetch(ctx context.Context, o *Operation, field graphql.CollectedField, of subjects) error {
	first, err := o.first(ctx, field.Field)
	if err != nil {
		return err
	}
	ids, err := o.relatedTo(ctx, s.kind, first, of.ids)
	if err != nil {
		return err
	}
	return o.walk(ctx, field.Selections, ids)
}

// EvidenceContext returns the records that evidence is checked against.
func (o *Operation) EvidenceContext(ctx context.Context, e *diplomacy.Evidence) (model.EvidenceContext, error) {
	if err := o.loadEvidenceContexts(ctx, []diplomacy.ID{e.ID}); err != nil {
		return model.EvidenceContext{}, err
	}
	found := model.EvidenceContext{About: o.recorded(e.About)}
	found.Source, _ = o.recorded(e.Source).(*diplomacy.Source)
	found.Office, _ = o.records[officeOf(found.About)].(*diplomacy.Office)
	return found, nil
}

// evidenceContextStep loads the records that evidence is checked against.
type evidenceContextStep struct{}

func (evidenceContextStep) fetch(ctx context.Context, o *Operation, _ graphql.CollectedField, of subjects) error {
	return o.loadEvidenceContexts(ctx, of.ids)
}

func (o *Operation) loadEvidenceContexts(ctx context.Context, evidence []diplomacy.ID) error {
	if err := o.load(ctx, evidence); err != nil {
		return err
	}
	var about, sources, offices []diplomacy.ID
	for _, id := range evidence {
		if e, ok := o.records[id].(*diplomacy.Evidence); ok {
			about, sources = append(about, e.About), append(sources, e.Source)
		}
	}
	if err := o.loadRecorded(ctx, append(sources, about...)); err != nil {
		return err
	}
	for _, id := range about {
		offices = append(offices, officeOf(o.records[id]))
	}
	return o.load(ctx, offices)
}

// officeOf returns the office that the title in evidence about a record would name;
// zero if there is none.
func officeOf(about diplomacy.Record) diplomacy.ID {
	statement, ok := about.(*diplomacy.Statement)
	switch {
	case !ok:
		return 0
	case statement.Predicate == diplomacy.HoldsOffice:
		return statement.Object
	default:
		return statement.InCapacityOf
	}
}
