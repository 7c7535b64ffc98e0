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

// recordACall writes a call with its source, and gives the number of its transaction. What
// is wrong with the input is data: it comes beside null for the transaction.
func recordACall(ctx context.Context, s *server) (int, error) {
	key := uuid.NewString() // one for each thing to be written, however often it is sent
	misspelt := call
	misspelt.Participants = []EventParticipantInput{{Participant: "Person/elmar-mamadyarov"}}
	refused, err := commit(ctx, s, true, key, misspelt)
	if err != nil {
		return 0, err
	}
	for _, problem := range refused.UserErrors {
		fmt.Printf("%s at %s: %s\n", problem.Code, strings.Join(problem.Path, "."), problem.Message)
	}
	tried, err := commit(ctx, s, true, key, call)
	if err != nil {
		return 0, err
	}
	for _, outcome := range tried.Outcomes {
		if outcome.Ref != nil {
			fmt.Printf("%s: %s, if it were written\n", *outcome.Ref, *outcome.Action)
		}
	}
	written, err := commit(ctx, s, false, key, call)
	if err != nil {
		return 0, err
	}
	if written.Transaction == nil {
		return 0, fmt.Errorf("it was refused: %v", written.UserErrors)
	}
	fmt.Printf("Transaction %d by %s\n", written.Transaction.Number, *written.Transaction.Author)
	return written.Transaction.Number, nil
}

func commit(ctx context.Context, s *server, dryRun bool, key string, event RecordEventInput) (*Commit, error) {
	answer, err := Record(ctx, s, dryRun, key, release, event)
	if err != nil {
		return nil, fmt.Errorf("record a call: %w", err)
	}
	return answer.Commit, nil
}
