//go:build !race

package e2e

// racing is true where races are looked for, which takes memory and time.
const racing = false
