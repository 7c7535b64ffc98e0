package bolt

import (
	"fmt"
	"runtime/debug"

	"chancery/store/bolt/internal/corrupt"
	"chancery/store/bolt/internal/mvcc"
)

// large is the number of records from which on a writer has a batch of its own, so that
// the members of its batch need not wait for an import to end.
const large = 500

// leaveIfLarge flushes the batch without a large writer, which continues in a new one.
func (m *member) leaveIfLarge() error {
	if m.batch.members == 0 || m.Touched() < m.db.large {
		return nil
	}
	if err := m.tx.ApplyPending(); err != nil {
		return err
	}
	changed := m.tx.Changed()
	if err := m.undo(); err != nil {
		return err
	}
	if m.db.flush(m.batch); m.batch.err != nil {
		return m.batch.err
	}
	if err := m.db.openBatch(); err != nil {
		return fmt.Errorf("write %s: %w", m.db.path, err)
	}
	return m.moveTo(m.db.batch, changed)
}

// moveTo moves the writer with its changes to another batch, which is empty.
func (m *member) moveTo(to *batch, changed []mvcc.Change) (err error) {
	defer corrupt.Recover(&err, debug.SetPanicOnFault(true))
	m.batch = to
	return m.tx.Replay(to.tx, changed)
}
