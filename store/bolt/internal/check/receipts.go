package check

import "chancery/store/bolt/internal/layout"

// checkReceipts verifies the checksum of each receipt and looks for its transaction.
func (c *checker) checkReceipts() error {
	cursor := c.Bucket(layout.Receipts).Cursor()
	for k, v := cursor.First(); k != nil; k, v = cursor.Next() {
		if err := c.step(); err != nil {
			return err
		}
		c.checkLookup(layout.Receipts, k, v)
		of, _, err := layout.DecodeReceipt(k, v)
		switch {
		case err != nil:
			c.report("receipt %q: %v", k, err)
		case of == 0 || of > c.Known || c.Bucket(layout.Transactions).Get(layout.AppendUint64(nil, of)) == nil:
			c.report("receipt %q is of transaction %d, which does not exist", k, of)
		}
	}
	return nil
}
