package diplomacy_test

import (
	"fmt"

	"chancery/diplomacy"
)

func ExampleParseTime() {
	minister, _ := diplomacy.ParseTime("2004-04-02/2020-07-16")
	successor, _ := diplomacy.ParseTime("2020-07-16/..")
	for _, day := range []string{"2020-04-27", "2020-07", "2020-07-17"} {
		at := diplomacy.MustParseTime(day).Window()
		fmt.Println(day,
			minister.Span().Holds(at, diplomacy.Possible), minister.Span().Holds(at, diplomacy.Certain),
			successor.Span().Holds(at, diplomacy.Possible), successor.Span().Holds(at, diplomacy.Certain))
	}
	_, err := diplomacy.ParseTime("2020-07-32")
	fmt.Println(err)
	// Output:
	// 2020-04-27 true true false false
	// 2020-07 true false true false
	// 2020-07-17 false false true true
	// "2020-07-32" is not a date (EDTF): at position 9 the month has no such day
}

func ExampleReferences() {
	person, event := diplomacy.MakeID(diplomacy.KindPerson, 1), diplomacy.MakeID(diplomacy.KindEvent, 2)
	participation := &diplomacy.Statement{Predicate: diplomacy.ParticipatedIn, Subject: person, Object: event}
	for ref := range diplomacy.References(participation) {
		fmt.Printf("%s %s required=%t fixed=%t allowed=%v\n", ref.Name, *ref.ID, ref.Required, ref.Fixed, ref.Kinds)
	}
	// Output:
	// subject person_000000000001 required=true fixed=true allowed=[Person State Organization Council]
	// object event_000000000002 required=true fixed=true allowed=[Event]
	// onBehalfOf  required=false fixed=false allowed=[Person State Organization Council]
	// inCapacityOf  required=false fixed=false allowed=[Office]
}
