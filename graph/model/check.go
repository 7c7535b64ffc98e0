package model

import (
	"strings"

	"chancery/diplomacy"
)

// ObservationCheck is the GraphQL type of diplomacy.Check.
type ObservationCheck struct{ diplomacy.Check }

// Formula returns the equation in words.
func (c *ObservationCheck) Formula() string {
	var b strings.Builder
	b.WriteString(string(c.Identity.Total) + " = ")
	for i, term := range c.Identity.Plus {
		if i > 0 {
			b.WriteString(" + ")
		}
		b.WriteString(string(term))
	}
	for _, term := range c.Identity.Minus {
		b.WriteString(" − " + string(term))
	}
	return b.String()
}
