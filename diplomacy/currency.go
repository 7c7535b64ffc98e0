package diplomacy

import (
	"slices"

	"golang.org/x/text/currency"
)

// newCurrencies are the codes that ISO 4217 has and x/text has not: its tables are of
// 2017 (amendments 165 to 179 of ISO 4217).
var newCurrencies = []string{"MRU", "SLE", "UYW", "VED", "VES", "XAD", "XCG", "ZWG"}

// isCurrency reports whether a text is a code of ISO 4217, active or historic, in upper
// case.
func isCurrency(code string) bool {
	parsed, err := currency.ParseISO(code)
	return err == nil && parsed.String() == code || slices.Contains(newCurrencies, code)
}
