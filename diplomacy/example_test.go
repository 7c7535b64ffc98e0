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
