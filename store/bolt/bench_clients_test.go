package bolt_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"chancery/store"
	"chancery/store/bolt"
)

// BenchmarkClients has several clients commit an event and a participation at a
// time, each waiting until its own is durable. It tells how many are committed in
// a second, how many times as many as one client alone commits, and how many of
// them share a commit of bbolt. To mean anything, the directory for temporary
// files must be on a disk.
func BenchmarkClients(b *testing.B) {
	alone := 0.0
	for _, clients := range []int{1, 8, 64} {
		b.Run(fmt.Sprint(clients), func(b *testing.B) {
			db, _ := openNew(b, bolt.Options{})
			state := putState(b, db, "hub")
			var next atomic.Int64
			before := bolt.Flushes(b, db)
			b.ResetTimer()
			var group sync.WaitGroup
			for range clients {
				group.Go(func() {
					for i := next.Add(1); i <= int64(b.N); i = next.Add(1) {
						_, err := db.Write(background, store.Commit{}, func(w store.Writer) error { return putMeetings(w, state, int(i), 1) })
						if err != nil {
							b.Error(err)
						}
					}
				})
			}
			group.Wait()
			b.StopTimer()
			perSecond := float64(b.N) / b.Elapsed().Seconds()
			if clients == 1 {
				alone = perSecond
			}
			b.ReportMetric(perSecond, "commits/s")
			b.ReportMetric(float64(b.N)/float64(bolt.Flushes(b, db)-before), "commits/flush")
			b.ReportMetric(perSecond/alone, "times-one")
		})
	}
}
