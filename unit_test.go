package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestTheUnitIsUnderstood by the systemd of this machine, and leaves the program
// little to do harm with.
func TestTheUnitIsUnderstood(t *testing.T) {
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("there is no systemd-analyze on this machine")
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	unit := bytes.ReplaceAll(read(t, "deploy/chancery.service"), []byte("/usr/local/bin/chancery"), []byte(program))
	name := filepath.Join(t.TempDir(), "chancery.service")
	if err := os.WriteFile(name, unit, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, arguments := range [][]string{{"verify", name}, {"security", "--offline=true", "--threshold=20", name}} {
		said, err := exec.CommandContext(t.Context(), "systemd-analyze", arguments...).CombinedOutput()
		if bytes.Contains(said, []byte("unrecognized option")) {
			continue // a systemd before 250
		}
		if err != nil || arguments[0] == "verify" && len(said) > 0 {
			t.Errorf("systemd-analyze %v: %v\n%s", arguments, err, said)
		}
	}
}
