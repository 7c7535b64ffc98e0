package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
)

var release = PutSourceInput{
	Ref:            new("_:release"),
	Slug:           new("release-2020-05-04"),
	Name:           new("Press release of 4 May"),
	Kind:           SourceKindCommunique,
	Url:            new("https://example.org/4-may"),
	Published:      new("2020-05-04"),
	SourceLanguage: new("en"),
}

var call = RecordEventInput{
	Ref:      new("_:call"),
	Slug:     new("call-azerbaijan-kyrgyzstan-2020-05-04"),
	Name:     new("Second call of the ministers"),
	Kind:     EventKindConversation,
	Medium:   new(MediumTelephone),
	Status:   new(EventStatusHeld),
	Date:     new("2020-05-04"),
	Evidence: []EvidenceInput{{Source: "_:release", Asserted: new("4 May")}},
	Participants: []EventParticipantInput{
		{Participant: "Person/elmar-mammadyarov", OnBehalfOf: new("State/azerbaijan"), Capacity: new("Office/foreign-minister-of-azerbaijan")},
		{Participant: "Person/chingiz-aydarbekov", OnBehalfOf: new("State/kyrgyzstan")},
	},
}

// recordCall commits a call with its source and returns the number of the transaction.
// Problems with the input are returned as UserErrors; Transaction is nil then.
func recordCall(ctx context.Context, c *client) (int, error) {
	key := uuid.NewString() // one per commit, however often it is sent
	misspelt := call
	misspelt.Participants = []EventParticipantInput{{Participant: "Person/elmar-mamadyarov"}}
	rejected, err := commit(ctx, c, true, key, misspelt)
	if err != nil {
		return 0, err
	}
	for _, problem := range rejected.UserErrors {
		fmt.Printf("%s at %s: %s\n", problem.Code, strings.Join(problem.Path, "."), problem.Message)
	}
	planned, err := commit(ctx, c, true, key, call)
	if err != nil {
		return 0, err
	}
	for _, outcome := range planned.Outcomes {
		if outcome.Ref != nil {
			fmt.Printf("%s: %s (dry run)\n", *outcome.Ref, *outcome.Action)
		}
	}
	written, err := commit(ctx, c, false, key, call)
	if err != nil {
		return 0, err
	}
	if written.Transaction == nil {
		return 0, fmt.Errorf("the commit was rejected: %v", written.UserErrors)
	}
	fmt.Printf("Transaction %d by %s\n", written.Transaction.Number, *written.Transaction.Author)
	return written.Transaction.Number, nil
}

func commit(ctx context.Context, c *client, dryRun bool, key string, event RecordEventInput) (*Commit, error) {
	response, err := Record(ctx, c, dryRun, key, release, event)
	if err != nil {
		return nil, fmt.Errorf("record a call: %w", err)
	}
	return response.Commit, nil
}
