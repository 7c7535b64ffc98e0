package examples_test

import (
	"bytes"
	"cmp"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	diff "github.com/google/go-cmp/cmp"
)

var (
	clients = flag.Bool("clients", false, "have the clients tell their story; examples/check builds them first")
	update  = flag.Bool("update", false, "take what a client tells as the story")
)

// commands start the clients, in their folders, once they are built.
var commands = map[string][]string{
	"typescript": {"node", "dist/story.js"},
	"go":         {"go", "run", "."},
	"python":     {cmp.Or(os.Getenv("PYTHON"), "python3"), "story.py"}, // one that has httpx
	"curl":       {"bash", "story.sh"},
}

// story is what each of them prints.
const story = "story.txt"

// storyTime is for one client, which waits a second in it because it is told to.
const storyTime = time.Minute

func TestStory(t *testing.T) {
	if !*clients {
		t.Skip("examples/check builds the clients, and runs this")
	}
	chancery := build(t)
	for client, words := range commands {
		t.Run(client, func(t *testing.T) {
			t.Parallel()
			server := start(t, chancery)
			line := hang(t, server)
			command := exec.CommandContext(t.Context(), words[0], words[1:]...)
			command.Dir = client
			command.Env = append(os.Environ(), "CHANCERY_URL="+line.address, "CHANCERY_TOKEN="+server.token(t, "desk"))
			compare(t, listen(t, command))
			line.check(t)
			server.check(t)
		})
	}
}

// listen gives what the command prints; its complaints go to the test's own.
func listen(t *testing.T, command *exec.Cmd) []byte {
	t.Helper()
	command.Stderr = t.Output()
	command.WaitDelay = time.Second
	late := time.AfterFunc(storyTime, func() { _ = command.Cancel() })
	defer late.Stop()
	told, err := command.Output()
	if err != nil {
		t.Fatalf("%s: %v; it told only:\n%s", command, err, told)
	}
	return told
}

func compare(t *testing.T, told []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(story, told, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(story)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(told, want) {
		t.Errorf("another story (-%s +told):\n%s", story, diff.Diff(string(want), string(told)))
	}
}

// build makes the program as its users have it.
func build(t *testing.T) (program string) {
	t.Helper()
	program = filepath.Join(t.TempDir(), "chancery")
	made := exec.CommandContext(t.Context(), "go", "build", "-o", program, "chancery")
	if out, err := made.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", made, err, out)
	}
	return program
}
