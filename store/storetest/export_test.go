package storetest

import (
	"slices"

	"chancery/store/storetest/internal/reading"
	"chancery/store/storetest/internal/writing"
)

// CountTrials returns how many trials Run has, with the comparison with the model.
func CountTrials() int {
	n := 1
	for _, theme := range slices.Concat(reading.Themes, writing.Themes) {
		n += len(theme.Trials)
	}
	return n
}
