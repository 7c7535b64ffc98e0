package overlay

import (
	"bytes"

	"chancery/store/bolt/internal/layout"

	"go.etcd.io/bbolt"
)

// LongestShown counts again what mvcc.Tx.LongestShown returns of an arc or list: the length
// of the longest span, now and in the past, that this view, which hides, does not hide now.
func (r *View) LongestShown(of []byte) (longest uint64, err error) {
	most, err := r.Longest(of)
	if err != nil {
		return 0, err
	}
	t, prefix := layout.Measured(of)
	for _, half := range []*bbolt.Bucket{r.Current(t), r.Closed(t)} {
		c := half.Cursor()
		for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix) && longest < most; k, v = c.Next() {
			_, length, measured := layout.LengthOf(t, k, v[8:])
			if !measured || length <= longest {
				continue
			}
			if hidden, err := r.HiddenNow(layout.MeasuredVia(t, k)); err != nil {
				return 0, err
			} else if !hidden {
				longest = length
			}
		}
	}
	return longest, nil
}
