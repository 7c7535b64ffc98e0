package diplomacy_test

import (
	"testing"

	"chancery/diplomacy"
)

func TestExistenceIsFromFoundationToDissolution(t *testing.T) {
	time := diplomacy.MustParseTime
	state := func(founded, dissolved string) diplomacy.Entity {
		return &diplomacy.State{Lifetime: diplomacy.Lifetime{Founded: time(founded), Dissolved: time(dissolved)}}
	}
	for _, c := range []struct {
		entity            diplomacy.Entity
		at                string
		possible, certain bool
	}{
		{state("1918", "1920-04-28"), "1919", true, true},
		{state("1918", "1920-04-28"), "1918", true, false},
		{state("1918", "1920-04-28"), "1920-04-29", false, false},
		{state("1918", "1920-04-28"), "1917", false, false},
		{state("1991?", "2000"), "1995", true, false},
		{state("1991-10-18", ""), "2020", true, false}, // whether it exists still is not recorded
		{state("1991-10-18", ""), "1990", false, false},
		{state("", "1991-12-26"), "1950", true, false},
		{state("", "1991-12-26"), "1992", false, false},
		{state("", ""), "1950", true, false},
		{&diplomacy.Agreement{InForce: time("1994/..")}, "2020", true, true},
		{&diplomacy.Agreement{InForce: time("1994/..")}, "1993", false, false},
		{&diplomacy.Person{Born: time("1960"), Died: time("2010")}, "1990", true, true},
		{&diplomacy.Topic{}, "1990", true, false},
	} {
		span, window := diplomacy.Existence(c.entity), time(c.at).Window()
		if got := span.Holds(window, diplomacy.Possible); got != c.possible {
			t.Errorf("%+v possibly existed at %s: %v", c.entity, c.at, got)
		}
		if got := span.Holds(window, diplomacy.Certain); got != c.certain {
			t.Errorf("%+v certainly existed at %s: %v", c.entity, c.at, got)
		}
	}
	if diplomacy.Existence(state("", "")) != (diplomacy.Time{}).Span() {
		t.Error("without dates the time is known")
	}
}
