package e2e

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"chancery/diplomacy"
	"chancery/e2e/internal/powerfailure"
	"chancery/store"
	"chancery/store/bolt"
)

// TestPowerFailureLosesNothingAcknowledged records what a server writes to its file and when it
// syncs it, and makes the files that a power failure may have left at moments of chance, in which any
// part of what was not synced is missing. Each is sound, has every commit whose response was
// being sent by then, and takes further commits. With -long it makes 200.
func TestPowerFailureLosesNothingAcknowledged(t *testing.T) {
	rounds, each := 10, 10
	if flag.Lookup("long").Value.String() == "true" { // of package storetest
		rounds, each = 200, 40
	}
	r := recordServer(t, each)
	for i := range rounds {
		random := rand.New(rand.NewPCG(uint64(i), 6))
		line := r.ready + 1 + random.IntN(r.lines-r.ready)
		content := powerfailure.Remains(r.calls, line, random)
		if err := survives(t, content, r.acknowledged(line)); err != nil {
			t.Fatalf("round %d, before line %d of %d: %v", i, line, r.lines, err)
		}
	}
	t.Logf("%d power failures were survived by a file of %d kB, to which %d commits and %d calls were made", rounds, len(r.whole)>>10, len(r.commits), len(r.calls))
}

// TestMissingSyncsAreNoticed holds the test above to account: of a program that leaves out the
// sync of its pages or of its meta page, a power failure damages the file or loses commits.
func TestMissingSyncsAreNoticed(t *testing.T) {
	r := recordServer(t, 10)
	for name, moments := range map[string][]int{"pages": r.metaPagesWritten(), "the meta page": r.responsesSent()} {
		noticed, rounds := 0, 0
		for ; noticed < 3 && rounds < 200; rounds++ {
			random := rand.New(rand.NewPCG(uint64(rounds), 7))
			line := 1 + moments[random.IntN(len(moments))]
			content := powerfailure.Remains(r.withoutLastSync(line), line, random)
			if survives(t, content, r.acknowledged(line)) != nil {
				noticed++
			}
		}
		t.Logf("without a sync of %s %d of %d power failures are noticed", name, noticed, rounds)
		if noticed < 3 {
			t.Errorf("a missing sync of %s is not noticed", name)
		}
	}
}

// survives opens a file and returns what is wrong with it.
func survives(t *testing.T, content []byte, commits []commitSent) error {
	t.Helper()
	path := filepath.Join(t.TempDir(), "graph.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	defer os.Remove(path)
	graph, err := bolt.Open(path, bolt.Options{NoSync: true})
	if err != nil {
		return err
	}
	defer graph.Close()
	if err := sound(graph); err != nil {
		return err
	}
	if err := contains(graph, commits); err != nil {
		return err
	}
	_, err = graph.Write(context.Background(), store.Commit{}, func(w store.Writer) error {
		return w.Put(context.Background(), &diplomacy.Topic{Thing: diplomacy.Thing{Slug: "afterwards", Names: []diplomacy.Name{{Value: "afterwards"}}}})
	})
	if err != nil {
		return err
	}
	return sound(graph)
}

func sound(graph *bolt.DB) error {
	for finding, err := range graph.Check(context.Background()) {
		return fmt.Errorf("check finds %q, %w", finding, err)
	}
	return nil
}

// contains checks that commits are in a graph, with all that they wrote.
func contains(graph *bolt.DB, commits []commitSent) error {
	ctx := context.Background()
	s, err := graph.Read(ctx, store.Everything(0))
	if err != nil {
		return err
	}
	defer s.Release()
	for _, c := range commits {
		if err := c.isIn(ctx, s); err != nil {
			return fmt.Errorf("of transaction %d, which was acknowledged: %w; the last is %d", c.number, err, s.Revision())
		}
	}
	return nil
}

// isIn checks that a commit is in a graph with all that it wrote.
func (c commitSent) isIn(ctx context.Context, s store.Reader) error {
	ids, err := s.Find(ctx, []store.Key{{Kind: diplomacy.KindSource, Scheme: store.SchemeSlug, Value: c.slug}})
	if err != nil {
		return err
	}
	records, err := s.Records(ctx, ids)
	if err != nil {
		return err
	}
	changes, err := s.Changes(ctx, c.number, 0, 10)
	if err != nil {
		return err
	}
	source, is := records[0].(*diplomacy.Source)
	if !is || source.Snapshot != c.text {
		return fmt.Errorf("%s is missing or differs", c.slug)
	}
	// A source, an event, two participants, and evidence of the event and of each participant.
	if len(changes) != 7 || !slices.ContainsFunc(changes, func(change diplomacy.Change) bool { return change.Record == ids[0] }) {
		return fmt.Errorf("its changes are %v", changes)
	}
	return nil
}

// acknowledged returns the commits whose response was being sent before a line of the log.
func (r *recorded) acknowledged(line int) []commitSent {
	return slices.DeleteFunc(slices.Clone(r.commits), func(c commitSent) bool { return c.sent >= line })
}
