//go:build race

package main

// racing is true where races are looked for, which takes memory and time.
const racing = true
