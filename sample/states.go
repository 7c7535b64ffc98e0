package sample

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"

	"chancery/diplomacy"

	"github.com/biter777/countries"
)

// tableOfStates is a CSV file with a row for each member and observer state of the
// United Nations: ISO 3166-1 alpha-2 code, slug, date of admission, kind of membership.
const tableOfStates = "states.csv"

// Sources of the facts about states.
const (
	memberStates = "Source/un-member-states"
	localeData   = "Source/unicode-cldr"
)

// The lines made of a row, in the format of package exchange.
type (
	stateLine struct {
		Type string `json:"type"`
		diplomacy.State
		Evidence []evidence `json:"evidence"`
	}
	sourceLine struct {
		Type string `json:"type"`
		diplomacy.Source
	}
	membershipLine struct {
		Type     string     `json:"type"`
		Subject  string     `json:"subject"`
		Object   string     `json:"object"`
		Kind     string     `json:"kind"`
		Valid    string     `json:"valid"`
		Evidence []evidence `json:"evidence"`
	}
	evidence struct {
		Source string `json:"source"`
		Part   string `json:"part,omitempty"`
		Method string `json:"method"`
	}
)

// states converts the table to lines.
func states(table []byte) ([]byte, error) {
	rows, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil {
		return nil, err
	}
	var lines bytes.Buffer
	out := json.NewEncoder(&lines)
	if err := out.Encode(cldr()); err != nil {
		return nil, err
	}
	for _, row := range rows[1:] {
		state, err := state(row[0], row[1])
		if err != nil {
			return nil, err
		}
		if err := out.Encode(state); err != nil {
			return nil, err
		}
		if err := out.Encode(membership(row[1], row[2], row[3])); err != nil {
			return nil, err
		}
	}
	return lines.Bytes(), nil
}

func state(alpha2, slug string) (stateLine, error) {
	country := countries.ByName(alpha2)
	if country.Alpha2() != alpha2 {
		return stateLine{}, fmt.Errorf("%s: not an ISO 3166-1 alpha-2 code", alpha2)
	}
	line := stateLine{Type: "State", Evidence: []evidence{{localeData, "VALUE", "IMPORTED"}}}
	line.Slug = slug
	line.Identifiers = []diplomacy.Identifier{
		{Scheme: diplomacy.SchemeISOAlpha2, Value: alpha2},
		{Scheme: diplomacy.SchemeISOAlpha3, Value: country.Alpha3()},
		{Scheme: diplomacy.SchemeISONumeric, Value: fmt.Sprintf("%03d", country)},
	}
	names, err := namesOf(alpha2)
	line.Names = names
	return line, err
}

func membership(slug, since, kind string) membershipLine {
	return membershipLine{
		Type: "MEMBER_OF", Subject: "State/" + slug, Object: "Organization/united-nations",
		Kind: kind, Valid: since + "/..", Evidence: []evidence{{memberStates, "", "IMPORTED"}},
	}
}
