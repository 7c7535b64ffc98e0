// Package powerfailure makes the files that a power failure may leave behind, from a log
// of strace of the program that wrote them.
//
// Read reads the system calls of the log, and Remains applies those to one file up to a line
// of the log: what was synced is there, and of all else any part. Calls of which no order
// was demanded may be on the disk in any order; the unit is a sector, as of disks.
package powerfailure
