// Package history tests reads of the past, histories of records, and merged records.
package history
