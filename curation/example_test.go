package curation_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"chancery/curation"
	"chancery/diplomacy"
	"chancery/store/storetest"
)

// ExampleCommit makes a person, an office and a tenure with its evidence; the changes
// refer to each other by labels.
func ExampleCommit() {
	s := storetest.NewModel(time.Now)
	result, err := curation.Commit(context.Background(), s, curation.Request{Author: "example", Changes: []curation.Change{
		{Kind: diplomacy.KindPerson, Label: "_:ann", Fields: curation.Fields{"name": "Ann"}},
		{Kind: diplomacy.KindOffice, Label: "_:office", Fields: curation.Fields{"name": "Minister", "kind": "MINISTER"}},
		{Kind: diplomacy.KindSource, Label: "_:gazette", Fields: curation.Fields{"name": "Gazette", "kind": "BOOK"}},
		{Kind: diplomacy.HoldsOffice, Label: "_:tenure", Fields: curation.Fields{"subject": "_:ann", "object": "_:office", "valid": "2016-05/.."}},
		{Kind: diplomacy.KindEvidence, Fields: curation.Fields{"about": "_:tenure", "source": "_:gazette"}},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, o := range result.Outcomes {
		fmt.Println(o.Action, o.Kind, o.Label)
	}
	// Output:
	// CREATED Person _:ann
	// CREATED Office _:office
	// CREATED Source _:gazette
	// CREATED Tenure _:tenure
	// CREATED Evidence
}

// ExampleRefused prints all that is wrong with a commit, of which nothing was written.
func ExampleRefused() {
	s := storetest.NewModel(time.Now)
	_, err := curation.Commit(context.Background(), s, curation.Request{Author: "example", Changes: []curation.Change{
		{Path: []string{"changes", "0"}, Kind: diplomacy.KindPerson, Label: "_:ann", Fields: curation.Fields{"name": "Ann", "born": "?"}},
		{Path: []string{"changes", "1"}, Kind: diplomacy.HoldsOffice, Fields: curation.Fields{"subject": "_:ann", "object": "Office/none"}},
	}})
	refused, _ := errors.AsType[*curation.Refused](err)
	for _, p := range refused.Problems {
		fmt.Println(p.Code, strings.Join(p.Path, "."))
	}
	// Output:
	// INVALID changes.0.born
	// UNKNOWN changes.1.object
}
