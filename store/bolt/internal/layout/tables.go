package layout

// Table numbers a bucket of the file. The first TableCount are the tables that keep all
// versions, by the bucket of their current entries.
type Table uint8

// The tables.
const (
	Records Table = iota
	Links
	Lists
	Keys
	Identity
	Restricted
	Names
	TableCount
)

// String returns the name of the bucket.
func (t Table) String() string { return bucketNames[t] }

// Name returns the name of the bucket, as a key of bbolt.
func (t Table) Name() []byte { return []byte(bucketNames[t]) }

// The buckets that are not tables; those of closed entries come before them.
const (
	Meta = 2*TableCount + iota
	Counters
	Transactions
	Changes
	Receipts
	BucketCount
)

var bucketNames = [BucketCount]string{
	"records", "links", "lists", "keys", "identity", "restricted", "names",
	"records-closed", "links-closed", "lists-closed", "keys-closed", "identity-closed", "restricted-closed", "names-closed",
	"meta", "counters", "transactions", "changes", "receipts",
}

// Closed returns the bucket of a table's closed entries.
func (t Table) Closed() Table { return t + TableCount }
