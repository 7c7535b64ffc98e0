package findings_test

import (
	"path/filepath"
	"testing"

	"chancery/curation/findings"
	"chancery/sample"
	"chancery/store"
	"chancery/store/bolt"
)

// BenchmarkSearch pages through the findings of the sample, by severity.
func BenchmarkSearch(b *testing.B) {
	s, err := bolt.Open(filepath.Join(b.TempDir(), "sample.db"), bolt.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	if _, err := sample.Load(b.Context(), s); err != nil {
		b.Fatal(err)
	}
	snapshot, err := s.Read(b.Context(), store.View{})
	if err != nil {
		b.Fatal(err)
	}
	defer snapshot.Release()
	pages := 0
	for b.Loop() {
		q := findings.Query{Severities: findings.Severities[:1], Limit: 20}
		for more := true; more; pages++ {
			page, err := findings.Search(b.Context(), snapshot, q)
			if err != nil {
				b.Fatal(err)
			}
			q.After, more = page.Next, page.More
		}
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(pages), "ms/page")
}
