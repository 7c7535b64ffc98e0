// Package subscribers measures the latency and the memory of subscriptions.
package subscribers
