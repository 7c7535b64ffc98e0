// Package architecture holds no code: its tests keep the promises that no reviewer
// should have to watch. They read the whole repository: which package may import
// which, how long files and functions may get, and how the project writes.
package architecture
