package diplomacy

// Restriction points to the field by which a source or statement is restricted to editors;
// nil for records of other kinds.
func Restriction(r Record) *bool {
	switch r := r.(type) {
	case *Source:
		return &r.Restricted
	case *Statement:
		return &r.Restricted
	}
	return nil
}

// Restricted reports whether a record, which may be nil, is itself marked as restricted.
func Restricted(r Record) bool {
	mark := Restriction(r)
	return mark != nil && *mark
}
