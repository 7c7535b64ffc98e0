// Package examples holds clients of the API as users of four languages would write them,
// and the test that has each of them tell the same story. Each folder stands alone and
// may be copied.
package examples
