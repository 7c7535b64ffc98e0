package overlay

import (
	"chancery/diplomacy"
	"chancery/store/bolt/internal/layout"
)

// HiddenNow reports whether a record is restricted at present and the view leaves it out.
// For a current record the table says so. A withdrawn one is hidden if it was restricted
// when it was withdrawn, or if a record that it depends on is restricted now.
func (r *View) HiddenNow(id diplomacy.ID) (bool, error) {
	switch {
	case !r.Hides:
		return false, nil
	case r.Value(layout.Restricted, layout.RestrictedKey(id)) != nil:
		return true, nil
	case r.Value(layout.Records, layout.RecordKey(id)) != nil:
		return false, nil
	case r.Value(layout.Restricted, layout.WithheldKey(id)) != nil:
		return true, nil
	}
	last, err := r.LastClosed(id)
	if last == nil || err != nil {
		return false, err
	}
	if until, found := r.LastUntil(layout.Restricted, layout.RestrictedKey(id)); found && until == last.Header().Until {
		return true, nil
	}
	for _, by := range layout.RestrictedBy(last) {
		if hidden, err := r.HiddenNow(by); hidden || err != nil {
			return hidden, err
		}
	}
	return diplomacy.Restricted(last), nil
}
