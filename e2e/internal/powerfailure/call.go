package powerfailure

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// parse reads a call, such as
//
//	pwrite64(8<\x2f\x61>, "\x00\x01", 2, 4096) = 2
func parse(text string) (c Call, succeeded bool, err error) {
	at := strings.LastIndex(text, " = ") // no argument has spaces and an equals sign: texts are hexadecimal
	name, arguments, ok := strings.Cut(text[:max(at, 0)], "(")
	if !ok {
		return c, false, fmt.Errorf("%.60q is not a call", text)
	}
	c.Name = name
	result := text[at+3:]
	succeeded = result[0] >= '0' && result[0] <= '9' // else "?" or "-1 ENOENT"
	if name == "openat" {
		c.File, err = descriptor(result)
		c.Created = strings.Contains(arguments, "O_CREAT")
		return c, succeeded, err
	}
	list := strings.Split(strings.TrimRight(arguments, ") "), ", ")
	if c.File, err = descriptor(list[0]); err != nil {
		return c, false, err
	}
	c.Number, _ = strconv.ParseInt(list[len(list)-1], 10, 64) // nothing of calls without one
	if strings.HasSuffix(name, "write") || name == "pwrite64" {
		c.Data, err = written(list, result, succeeded)
	}
	return c, succeeded, err
}

// descriptor returns the file of "8<\x2f\x61>"; "" if there is none.
func descriptor(text string) (string, error) {
	_, rest, _ := strings.Cut(text, "<")
	name, _, _ := strings.Cut(rest, ">")
	decoded, err := unquote(name)
	return string(decoded), err
}

// written returns the data of a call, as far as it was written.
func written(arguments []string, result string, succeeded bool) ([]byte, error) {
	if len(arguments) < 2 || !strings.HasSuffix(arguments[1], `"`) {
		return nil, fmt.Errorf("the data is not all in the log: %d arguments", len(arguments))
	}
	data, err := unquote(strings.Trim(arguments[1], `"`))
	if err != nil || !succeeded {
		return data, err
	}
	n, err := strconv.Atoi(result)
	if err != nil || n > len(data) {
		return nil, fmt.Errorf("%q of %d bytes were written", result, len(data))
	}
	return data[:n], nil
}

// unquote decodes "\x2f\x61".
func unquote(text string) ([]byte, error) {
	return hex.DecodeString(strings.ReplaceAll(text, `\x`, ""))
}

func sortByBeginning(calls []Call) {
	slices.SortFunc(calls, func(a, b Call) int { return cmp.Compare(a.Begun, b.Begun) })
}
