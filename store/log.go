package store

import (
	"context"
	"time"

	"chancery/diplomacy"
)

// LastUntil returns the number of the last transaction of a state that was committed at
// a time or before it; 0 if there is none. Times ascend with numbers, so it reads a few
// transactions, whatever their number.
func LastUntil(ctx context.Context, r Reader, until time.Time) (diplomacy.TxNumber, error) {
	low, high := diplomacy.TxNumber(0), r.Revision()+1 // low is early enough, high is not
	for low+1 < high {
		probes := probesBetween(low, high)
		found, err := r.Transactions(ctx, probes)
		if err != nil {
			return 0, err
		}
		for i, n := range probes {
			if found[i] == nil || found[i].Time.After(until) {
				high = n
				break
			}
			low = n
		}
	}
	return low, nil
}

// probesBetween returns a few numbers that divide an open interval evenly. More of them
// would save calls but read more transactions.
func probesBetween(low, high diplomacy.TxNumber) []diplomacy.TxNumber {
	const most = 7
	parts := min(most+1, high-low)
	probes := make([]diplomacy.TxNumber, 0, most)
	for i := diplomacy.TxNumber(1); i < parts; i++ {
		probes = append(probes, low+(high-low)*i/parts)
	}
	return probes
}
