// Package restriction tests that nothing restricted is shown to clients without the role
// for it.
package restriction
