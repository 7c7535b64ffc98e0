package command

import (
	"context"
	"log/slog"
	"time"

	"chancery/diplomacy"
	"chancery/store"
)

// warnOfClock warns that the last transaction is later than this machine's clock: until then
// all transactions are dated right after each other, since their times ascend.
func warnOfClock(ctx context.Context, graph store.Store, log *slog.Logger) error {
	const tolerance = time.Minute
	now, err := graph.Read(ctx, store.Everything(0))
	if err != nil {
		return err
	}
	defer now.Release()
	if now.Revision() == 0 {
		return nil
	}
	last, err := now.Transactions(ctx, []diplomacy.TxNumber{now.Revision()})
	if err != nil {
		return err
	}
	if ahead := time.Until(last[0].Time); ahead > tolerance {
		log.Warn("the last transaction is later than the clock of this machine; later ones are dated right behind it; check the clock, or restore an earlier copy",
			"transaction", last[0].Number, "time", last[0].Time, "ahead", ahead.Round(time.Second))
	}
	return nil
}
