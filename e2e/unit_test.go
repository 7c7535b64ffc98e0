package e2e

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestSystemdUnitIsValidAndHardened checks deploy/chancery.service with this machine's
// systemd.
func TestSystemdUnitIsValidAndHardened(t *testing.T) {
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("systemd-analyze is not installed")
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	unit := bytes.ReplaceAll(read(t, "../deploy/chancery.service"), []byte("/usr/local/bin/chancery"), []byte(program))
	name := filepath.Join(t.TempDir(), "chancery.service")
	if err := os.WriteFile(name, unit, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, arguments := range [][]string{{"verify", name}, {"security", "--offline=true", "--threshold=20", name}} {
		report, err := exec.CommandContext(t.Context(), "systemd-analyze", arguments...).CombinedOutput()
		if bytes.Contains(report, []byte("unrecognized option")) {
			continue // a systemd before 250
		}
		if err != nil || arguments[0] == "verify" && len(report) > 0 {
			t.Errorf("systemd-analyze %v: %v\n%s", arguments, err, report)
		}
	}
}
