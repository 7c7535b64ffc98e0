package arguments

import (
	"fmt"
	"strings"

	"chancery/diplomacy"
)

// isoCodes are the fields that take a letter code of ISO 3166-1.
var isoCodes = []struct {
	field, name string
	length      int
}{{"isoAlpha2", "alpha-2", 2}, {"isoAlpha3", "alpha-3", 3}}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// notISOCode returns why the value of a field is not the code that the field takes, and
// which field takes it; empty if it is, or if the field takes something else.
func notISOCode(field, value string) string {
	reason, isLetters := "", strings.Trim(value, letters) == ""
	for _, code := range isoCodes {
		switch {
		case code.field != field:
		case isLetters && len(value) == code.length:
			return ""
		default:
			reason = fmt.Sprintf("%s is not an ISO 3166-1 %s code: want %d letters", diplomacy.Shorten(value), code.name, code.length)
		}
	}
	for _, code := range isoCodes {
		if reason != "" && isLetters && len(value) == code.length {
			return fmt.Sprintf("%s is an ISO 3166-1 %s code; use %s", value, code.name, code.field)
		}
	}
	return reason
}
