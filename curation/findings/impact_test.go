package findings_test

import (
	"fmt"
	"slices"
	"testing"

	"chancery/curation/findings"
	"chancery/diplomacy"
	"chancery/store"

	"github.com/google/go-cmp/cmp"
)

// TestImpactIsWhatASourceAloneSupports compares the pages for each source of a graph with
// what its evidence says, record by record.
func TestImpactIsWhatASourceAloneSupports(t *testing.T) {
	r := snapshotOf(t, doubtfulGraph(t))
	evidence, about := evidenceOf(t, r)
	sources := map[diplomacy.ID]bool{}
	for _, e := range evidence {
		sources[e.Source] = true
	}
	found := 0
	for source := range sources {
		want := []string{}
		for id, of := range about {
			alone := slices.ContainsFunc(of, func(e *diplomacy.Evidence) bool { return e.Source == source && e.Stance == "SUPPORTS" })
			for _, e := range of {
				alone = alone && (e.Source == source || e.Stance != "SUPPORTS")
			}
			if alone {
				want = append(want, fmt.Sprint(id))
			}
		}
		for _, limit := range []int{1, 7, 1000} {
			got := impacted(t, r, source, limit)
			slices.Sort(got)
			slices.Sort(want)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s by %d (-want +got):\n%s", source, limit, diff)
			}
		}
		found += len(want)
	}
	if found == 0 || found == len(about) {
		t.Errorf("%d of %d records rest on one source: the test cannot fail", found, len(about))
	}
}

// impacted returns the records of all pages.
func impacted(t *testing.T, r store.Reader, source diplomacy.ID, limit int) []string {
	t.Helper()
	got := []string{}
	var after store.Cursor
	for more := true; more; {
		page, err := findings.ImpactOf(t.Context(), r, source, after, limit)
		if err != nil || len(page.Impacts) > limit {
			t.Fatal(page, err)
		}
		for _, i := range page.Impacts {
			got = append(got, fmt.Sprint(i.Record))
		}
		after, more = page.Next, page.More
		if n := len(page.Impacts); n > 0 && more {
			after = page.Impacts[n-1].Behind
		}
	}
	return got
}

// evidenceOf reads all evidence of a graph, and by what it is about.
func evidenceOf(t *testing.T, r store.Reader) (all []*diplomacy.Evidence, about map[diplomacy.ID][]*diplomacy.Evidence) {
	t.Helper()
	about = map[diplomacy.ID][]*diplomacy.Evidence{}
	for n := diplomacy.TxNumber(1); n <= r.Revision(); n++ {
		changes, err := r.Changes(t.Context(), n, 0, store.MaxPage)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range changes {
			records, err := r.Records(t.Context(), []diplomacy.ID{c.Record})
			if err != nil {
				t.Fatal(err)
			}
			if e, ok := records[0].(*diplomacy.Evidence); ok && !slices.Contains(about[e.About], e) {
				all, about[e.About] = append(all, e), append(about[e.About], e)
			}
		}
	}
	return all, about
}
