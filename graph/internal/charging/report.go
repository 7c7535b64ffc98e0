package charging

import (
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// costReport is extensions.cost of a response, in units of @cost.
type costReport struct {
	Estimated int64  `json:"asked"`            // before the operation ran
	Spent     int64  `json:"spent"`            // by what it used, however it ended
	Remaining *int64 `json:"left,omitempty"`   // of the client's budget
	Refill    int64  `json:"refill,omitempty"` // of the budget, each second
}

// report adds the cost to a response, if there is a response and the option is set.
func (m *Meter) report(response *graphql.Response, spent int64) *graphql.Response {
	if response == nil || !m.Report {
		return response
	}
	cost := costReport{Estimated: m.estimate, Spent: spent}
	if m.Budgets != nil && !m.cacheable {
		cost.Remaining, cost.Refill = &m.remaining, m.Budgets.Refill
	}
	if response.Extensions == nil {
		response.Extensions = map[string]any{}
	}
	response.Extensions["cost"] = cost
	return response
}

func newError(code string, retryAfter int, format string, args ...any) *gqlerror.Error {
	extensions := map[string]any{"code": code}
	if retryAfter > 0 {
		extensions["retryAfter"] = retryAfter
	}
	return &gqlerror.Error{Message: fmt.Sprintf(format, args...), Extensions: extensions}
}
