package diplomacy

// Difference is a field in which two versions of a record differ.
type Difference struct {
	Field         string // as in files
	Before, After string // JSON; empty where the version has no value there
}
