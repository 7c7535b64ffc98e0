package fetch

import (
	"context"

	"chancery/diplomacy"
	"chancery/graph/model"

	"github.com/99designs/gqlgen/graphql"
)

// referenceRows are the fields that lead from a record to one other, by the name of
// the reference in diplomacy.References.
var referenceRows = rows{
	"Evidence.about":        referenceStep("about"),
	"Evidence.source":       referenceStep("source"),
	"Evidence.attributedTo": referenceStep("attributedTo"),

	"Statement.subject": referenceStep("subject"),
	"Statement.object":  referenceStep("object"),
	"Statement.holds":   datedStep{},

	"Tenure.person":             referenceStep("subject"),
	"Tenure.office":             referenceStep("object"),
	"Membership.member":         referenceStep("subject"),
	"Membership.organization":   referenceStep("object"),
	"Participation.participant": referenceStep("subject"),
	"Participation.event":       referenceStep("object"),
	"Participation.onBehalfOf":  referenceStep("onBehalfOf"),
	"Participation.capacity":    referenceStep("inCapacityOf"),
	"Signature.onBehalfOf":      referenceStep("onBehalfOf"),
	"Signature.capacity":        referenceStep("inCapacityOf"),
}

// referenceStep fetches the record to which another refers in the field of that name.
type referenceStep string

func (r referenceStep) fetch(ctx context.Context, o *Operation, field graphql.CollectedField, of subjects) error {
	var ids []diplomacy.ID
	for _, record := range of.records(o) {
		for reference := range diplomacy.References(record) {
			if reference.Name == string(r) {
				ids = append(ids, *reference.ID)
			}
		}
	}
	return o.loadAndWalk(ctx, ids, field.Selections)
}

// datedStep loads the subjects or objects by which statements are dated.
type datedStep struct{}

func (datedStep) fetch(ctx context.Context, o *Operation, _ graphql.CollectedField, of subjects) error {
	var ids []diplomacy.ID
	for _, record := range of.records(o) {
		ids = append(ids, model.DatedBy(record.(*diplomacy.Statement)))
	}
	return o.load(ctx, ids)
}
