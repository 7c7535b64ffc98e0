package diplomacy_test

import (
	"slices"
	"testing"

	"chancery/diplomacy"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func figure(indicator diplomacy.Term, amount string) *diplomacy.Observation {
	return &diplomacy.Observation{
		Indicator: indicator, Unit: "USD",
		Period: diplomacy.MustParseTime("2018-01/2018-10"), Amount: decimal.RequireFromString(amount),
	}
}

// trade are the figures of ten months, of which two follow from the others.
func trade() []*diplomacy.Observation {
	return []*diplomacy.Observation{
		figure("TRADE_TURNOVER", "3700000"), figure("IMPORTS", "1400000"),
		figure("EXPORTS", "2300000"), figure("TRADE_BALANCE", "900000"),
	}
}

func TestTradeFiguresOfTheArticleAddUp(t *testing.T) {
	figures := trade()
	for i, want := range []struct {
		computed string
		of       []int
	}{{"3700000", []int{2, 1}}, {}, {}, {"900000", []int{2, 1}}} {
		checks := figures[i].Check(figures)
		if want.of == nil {
			if len(checks) != 0 {
				t.Errorf("%s is checked, but is no total: %v", figures[i].Indicator, checks)
			}
			continue
		}
		if len(checks) != 1 || !checks[0].Holds() || checks[0].Computed.String() != want.computed || !checks[0].Stated.Equal(figures[i].Amount) {
			t.Fatalf("%s: %v, want that %s follows", figures[i].Indicator, checks, want.computed)
		}
		if !slices.Equal(checks[0].Of, []*diplomacy.Observation{figures[want.of[0]], figures[want.of[1]]}) {
			t.Errorf("%s follows from %v", figures[i].Indicator, checks[0].Of)
		}
	}
}

// TestObservationCheckComputesSums also shows that amounts are exact: in binary fractions 0.1 + 0.2 is
// not 0.3.
func TestObservationCheckComputesSums(t *testing.T) {
	for _, test := range []struct {
		exports, imports, turnover, balance string
		sum, difference                     bool
	}{
		{"2.3", "1.4", "3.7", "0.9", true, true},
		{"0.1", "0.2", "0.3", "-0.1", true, true},
		{"0.1", "0.2", "0.30000000000000004", "-0.10", false, true},
		{"1.4", "2.3", "3.70", "-0.9", true, true},
		{"1.4", "2.3", "3.7", "0.9", true, false},
		{"2.3", "1.4", "3.8", "0.8", false, false},
		{"99999999999999999999.99999999999999999999", "0.00000000000000000001", "1e20", "99999999999999999999.99999999999999999998", true, true},
		{"0", "0", "0", "0", true, true},
	} {
		siblings := []*diplomacy.Observation{figure("EXPORTS", test.exports), figure("IMPORTS", test.imports)}
		for indicator, total := range map[diplomacy.Term]struct {
			amount string
			holds  bool
		}{"TRADE_TURNOVER": {test.turnover, test.sum}, "TRADE_BALANCE": {test.balance, test.difference}} {
			checks := figure(indicator, total.amount).Check(siblings)
			if len(checks) != 1 || checks[0].Holds() != total.holds {
				t.Errorf("%s %s of %s and %s: %v", indicator, total.amount, test.exports, test.imports, checks)
			}
		}
	}
}

func TestObservationCheckSkipsIncomparableSiblings(t *testing.T) {
	for name, change := range map[string]func(*diplomacy.Observation){
		"another unit":      func(o *diplomacy.Observation) { o.Unit = "EUR" },
		"another period":    func(o *diplomacy.Observation) { o.Period = diplomacy.MustParseTime("2018-01/2018-11") },
		"a doubted period":  func(o *diplomacy.Observation) { o.Period = diplomacy.MustParseTime("2018-01/2018-10?") },
		"no period":         func(o *diplomacy.Observation) { o.Period = diplomacy.Time{} },
		"another indicator": func(o *diplomacy.Observation) { o.Indicator = "AID" },
	} {
		figures := trade()
		change(figures[1])
		for _, total := range []*diplomacy.Observation{figures[0], figures[3]} {
			if checks := total.Check(figures); len(checks) != 0 {
				t.Errorf("imports of %s: %s is checked: %v", name, total.Indicator, checks)
			}
		}
	}
	for missing := 1; missing <= 2; missing++ {
		figures := slices.Delete(trade(), missing, missing+1)
		if checks := figures[0].Check(figures); len(checks) != 0 {
			t.Errorf("without figure %d: %v", missing, checks)
		}
	}
}

// TestPeriodsAreComparedByBounds, not by their spelling.
func TestPeriodsAreComparedByBounds(t *testing.T) {
	figures := trade()
	for i, period := range []string{"2018", "2018", "2018-XX-XX"} {
		figures[i].Period = diplomacy.MustParseTime(period)
	}
	if checks := figures[0].Check(figures); len(checks) != 1 || !checks[0].Holds() {
		t.Errorf("the year and its days unspecified: %v", checks)
	}
}

func TestObservationCheckHoldsForAnyFigures(t *testing.T) {
	amount := rapid.Custom(func(t *rapid.T) decimal.Decimal {
		return decimal.New(rapid.Int64().Draw(t, "digits"), rapid.Int32Range(-20, 20).Draw(t, "exponent"))
	})
	rapid.Check(t, func(t *rapid.T) {
		exports, imports, turnover := figure("EXPORTS", "0"), figure("IMPORTS", "0"), figure("TRADE_TURNOVER", "0")
		exports.Amount, imports.Amount = amount.Draw(t, "exports"), amount.Draw(t, "imports")
		turnover.Amount = imports.Amount.Add(exports.Amount)
		siblings := []*diplomacy.Observation{turnover, imports, exports}
		if checks := turnover.Check(siblings); len(checks) != 1 || !checks[0].Holds() {
			t.Fatalf("%v", checks)
		}
		turnover.Amount = turnover.Amount.Add(decimal.New(1, -20))
		if turnover.Check(siblings)[0].Holds() {
			t.Fatal("holds, though the last place is wrong")
		}
	})
}
