package access_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"chancery/access"
)

// fullDisk says, in the environment of a copy of this test program, that it may mount.
const fullDisk = "ACCESS_TEST_FULL_DISK"

// TestTokensAreRevokedOnAFullDisk fills a small disk in a process of its own.
func TestTokensAreRevokedOnAFullDisk(t *testing.T) {
	if os.Getenv(fullDisk) != "" {
		revokeOnFullDisk(t)
		return
	}
	child := exec.Command(os.Args[0], "-test.run=^TestTokensAreRevokedOnAFullDisk$", "-test.v")
	child.Env = append(os.Environ(), fullDisk+"=1")
	child.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	out, err := child.CombinedOutput()
	if errors.Is(err, syscall.EPERM) || strings.Contains(string(out), "--- SKIP") {
		t.Skip("a small disk cannot be mounted here: ", err)
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func revokeOnFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := errors.Join(syscall.Mount("none", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""), syscall.Mount("small", dir, "tmpfs", 0, "size=64k")); err != nil {
		t.Skip("may not mount", err)
	}
	defer func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	}()
	revokesWithoutRoom(t, filepath.Join(dir, "tokens"), func() {
		if err := os.WriteFile(filepath.Join(dir, "full"), make([]byte, 1<<20), 0o600); !errors.Is(err, syscall.ENOSPC) {
			t.Fatalf("the disk is not full: %v", err)
		}
	})
}

// revokesWithoutRoom makes tokens, removes what room there is for new files, and revokes
// the tokens.
func revokesWithoutRoom(t *testing.T, path string, fill func()) {
	t.Helper()
	now := noon
	desk, server := sharing(path, &now, new(bytes.Buffer)), sharing(path, &now, new(bytes.Buffer)) // whose clocks stand still
	var secrets []string
	for _, name := range []string{"a", "b", "a person with a longer name"} {
		secret, _ := create(t, desk, name, access.Reader, 0)
		secrets = append(secrets, secret)
	}
	fill()
	if _, _, err := desk.Create("late", access.Reader, 0); err == nil {
		t.Fatal("there is room for a new token, so the test shows nothing")
	}
	for _, secret := range secrets {
		if _, err := server.Authenticate(t.Context(), secret); err != nil {
			t.Errorf("before: %v", err)
		}
		if _, err := desk.Revoke(secret); err != nil {
			t.Errorf("revoke: %v", err)
		}
		wantRejected(t, server, secret, access.ErrUnauthenticated, "the token was revoked")
	}
	if all, err := desk.List(); err != nil || len(all) != len(secrets) {
		t.Errorf("%d tokens in the list, %v", len(all), err)
	}
}

// TestTokensAreRevokedWhereNoFileCanBeMade: the name of the file leaves no room for a
// longer one beside it.
func TestTokensAreRevokedWhereNoFileCanBeMade(t *testing.T) {
	short := filepath.Join(t.TempDir(), "tokens")
	now := noon
	secret, _ := create(t, sharing(short, &now, new(bytes.Buffer)), "a", access.Reader, 0)
	long := filepath.Join(filepath.Dir(short), strings.Repeat("x", 250)) // and .lock
	if err := os.Rename(short, long); err != nil {
		t.Fatal(err)
	}
	tokens := sharing(long, &now, new(bytes.Buffer))
	if _, err := tokens.Revoke(secret); err != nil {
		t.Error(err)
	}
	wantRejected(t, tokens, secret, access.ErrUnauthenticated, "the token was revoked")
}
