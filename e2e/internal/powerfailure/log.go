package powerfailure

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Options are the options of strace whose log Read understands.
var Options = []string{
	"-f", "-y", "-xx", "-s1048576", "--seccomp-bpf", "-esignal=none",
	"-etrace=openat,write,writev,pwrite64,pwritev,pwritev2,ftruncate,fallocate,fsync,fdatasync",
}

// Call is a system call that succeeded, or that was running when the log ended.
type Call struct {
	Name string
	// File is the path of the file, or another name of a descriptor; see proc(5).
	File string
	// Data is what was written, as far as the call succeeded.
	Data []byte
	// Number is the last argument: an offset, or a size.
	Number int64
	// Created is whether the call may have created the file.
	Created bool
	// Begun and Ended are lines of the log; Ended is Never if the log does not have it.
	Begun, Ended int
}

// Never is the line of what did not happen.
const Never = 1<<63 - 1

// reader joins the lines of calls that others interrupted.
type reader struct {
	calls   []Call
	running map[string]begun // by process
	line    int
}

type begun struct {
	text string
	line int
}

// Read returns the calls of a log in the order in which they began.
func Read(log io.Reader) ([]Call, error) {
	r := reader{running: map[string]begun{}}
	lines := bufio.NewScanner(log)
	lines.Buffer(nil, 16<<20)
	for ; lines.Scan(); r.line++ {
		if err := r.read(lines.Text()); err != nil {
			return nil, fmt.Errorf("line %d: %w", r.line+1, err)
		}
	}
	for _, b := range r.running {
		if err := r.add(b.text+") = ?", b.line, Never); err != nil {
			return nil, fmt.Errorf("line %d: %w", b.line+1, err)
		}
	}
	sortByBeginning(r.calls)
	return r.calls, lines.Err()
}

// read reads a line: a call, the beginning or the end of one, or what else happens to a
// process.
func (r *reader) read(line string) error {
	process, text, _ := strings.Cut(line, " ")
	text = strings.TrimLeft(text, " ")
	switch {
	case strings.HasPrefix(text, "+++"), strings.HasPrefix(text, "---"):
		return nil
	case strings.HasSuffix(text, " <unfinished ...>"):
		r.running[process] = begun{strings.TrimSuffix(text, " <unfinished ...>"), r.line}
		return nil
	case strings.HasPrefix(text, "<... "):
		first, ok := r.running[process]
		_, rest, resumed := strings.Cut(text, " resumed>")
		if !ok || !resumed {
			return fmt.Errorf("%.60q ends a call that did not begin", text)
		}
		delete(r.running, process)
		return r.add(first.text+rest, first.line, r.line)
	}
	return r.add(text, r.line, r.line)
}

func (r *reader) add(text string, begun, ended int) error {
	c, succeeded, err := parse(text)
	if err == nil && (succeeded || ended == Never) {
		c.Begun, c.Ended = begun, ended
		r.calls = append(r.calls, c)
	}
	return err
}
