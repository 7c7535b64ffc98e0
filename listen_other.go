//go:build !linux

package main

import "time"

// breakAfter does nothing where there is no such option that connections inherit.
func breakAfter(uintptr, time.Duration) error { return nil }
