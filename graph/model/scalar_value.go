package model

import (
	"io"
	"math"
	"strconv"
	"time"

	"chancery/diplomacy"

	"github.com/99designs/gqlgen/graphql"
	"github.com/shopspring/decimal"
)

// MarshalEDTF writes a time as it was recorded.
func MarshalEDTF(t diplomacy.Time) graphql.Marshaler { return quoted(t.String()) }

// UnmarshalEDTF reads a time.
func UnmarshalEDTF(v any) (diplomacy.Time, error) {
	given, err := text(v)
	if err != nil {
		return diplomacy.Time{}, err
	}
	t, err := diplomacy.ParseTime(given)
	if err != nil {
		return diplomacy.Time{}, BadInput("%v", err)
	}
	return t, nil
}

// MarshalDecimal writes an decimal number.
func MarshalDecimal(d decimal.Decimal) graphql.Marshaler { return quoted(d.String()) }

// UnmarshalDecimal reads an decimal number.
func UnmarshalDecimal(v any) (decimal.Decimal, error) {
	given, err := text(v)
	if err != nil {
		return decimal.Decimal{}, err
	}
	d, err := decimal.NewFromString(given)
	if err != nil {
		return d, BadInput("%s is not a number", diplomacy.Shorten(given))
	}
	return d, nil
}

// MarshalDateTime writes an instant in UTC.
func MarshalDateTime(t time.Time) graphql.Marshaler {
	return quoted(t.UTC().Format(time.RFC3339Nano))
}

// UnmarshalDateTime reads an instant.
func UnmarshalDateTime(v any) (time.Time, error) {
	given, err := text(v)
	if err != nil {
		return time.Time{}, err
	}
	t, err := time.Parse(time.RFC3339Nano, given)
	if err != nil {
		return t, BadInput("%s is not a moment, such as 2020-04-27T10:00:00Z", diplomacy.Shorten(given))
	}
	return t, nil
}

// MarshalTxNumber writes the number of a transaction.
func MarshalTxNumber(n diplomacy.TxNumber) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, strconv.FormatUint(uint64(n), 10)) })
}

// UnmarshalTxNumber reads the number of a transaction.
func UnmarshalTxNumber(v any) (diplomacy.TxNumber, error) {
	n, err := graphql.UnmarshalInt64(v)
	if err != nil {
		return 0, err
	}
	if n < 0 || n > math.MaxInt32 {
		return 0, BadInput("%d is no transaction: they are counted from 1", n)
	}
	return diplomacy.TxNumber(n), nil
}
