package storetest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"chancery/store/storetest"
)

// stages are the variants of testdata/engine.
var stages = []string{"nothing works", "nil answers", "empty answers", "short answers", "long answers", "nil records", "wrong records", "typed nil"}

// TestUnfinishedEngineFailsInWords follows the recipe "add an engine": it tests the
// engine of testdata/engine as the package store/unfinished, at several stages. Every
// trial must end, with a failure that says why, and none may panic or hang.
func TestUnfinishedEngineFailsInWords(t *testing.T) {
	program := buildEngine(t)
	for _, stage := range stages {
		t.Run(stage, func(t *testing.T) {
			out := runEngine(t, program, "ENGINE="+stage)
			ended := trialLine.FindAll(out, -1)
			if len(ended) != storetest.CountTrials() {
				t.Errorf("%d trials ended, want %d\n%s", len(ended), storetest.CountTrials(), tail(out))
			}
			if bytes.Contains(out, []byte("\npanic:")) || bytes.Contains(out, []byte("test timed out")) {
				t.Errorf("a trial panics or hangs:\n%s", tail(out))
			}
		})
	}
}

// TestMissingCapabilityIsSkippedWithItsReason runs it without two capabilities.
func TestMissingCapabilityIsSkippedWithItsReason(t *testing.T) {
	out := runEngine(t, buildEngine(t), "ENGINE=nothing works", "LACKS=1")
	for _, reason := range []string{"the engine lacks receipts: it keeps no keys yet", "the engine lacks concurrency: it has one lock"} {
		if !bytes.Contains(out, []byte(reason)) {
			t.Errorf("no trial is skipped because %s", reason)
		}
	}
	for _, theme := range []string{"receipts", "concurrency"} {
		if bytes.Contains(out, []byte("--- FAIL: TestStore/"+theme+"/")) {
			t.Errorf("a trial of %s fails, although the engine lacks that", theme)
		}
	}
}

// trialLine is the end of a trial in the output of `go test -v`; that of the theme of
// the model has no trials below it.
var trialLine = regexp.MustCompile(`(?m)^ +--- (PASS|FAIL|SKIP): TestStore/([^/\n]+/[^/\n]+|model) `)

// buildEngine compiles the test of the engine as if testdata/engine were a package of
// the module.
func buildEngine(t *testing.T) string {
	t.Helper()
	sources, err := filepath.Glob("testdata/engine/*.go")
	if err != nil || len(sources) == 0 {
		t.Fatal("no sources of the engine", err)
	}
	replace := map[string]string{}
	for _, source := range sources {
		replace[absolute(t, filepath.Join("..", "unfinished", filepath.Base(source)))] = absolute(t, source)
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	file, program := filepath.Join(t.TempDir(), "overlay.json"), filepath.Join(t.TempDir(), "engine.test")
	if err := os.WriteFile(file, overlay, 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), "go", "test", "-vet=off", "-overlay", file, "-c", "-o", program, "chancery/store/unfinished")
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("compile the engine: %v\n%s", err, out)
	}
	return program
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// runEngine runs the suite, which fails.
func runEngine(t *testing.T, program string, env ...string) []byte {
	t.Helper()
	command := exec.CommandContext(t.Context(), program, "-test.v", "-test.timeout=100s", "-patience=100ms", "-rapid.nofailfile")
	command.Env = append(os.Environ(), env...)
	out, err := command.CombinedOutput()
	if exit, ok := errors.AsType[*exec.ExitError](err); err != nil && (!ok || exit.ExitCode() != 1) {
		t.Errorf("the suite does not end with failures: %v", err)
	}
	return out
}

// tail returns the end of a long output.
func tail(out []byte) string {
	lines := strings.Split(string(out), "\n")
	return strings.Join(lines[max(0, len(lines)-60):], "\n")
}
