package main

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// workspace is a temporary copy of the module.
type workspace struct{ module, root string }

// newWorkspace copies a module, without what no Go package needs.
func newWorkspace(module string) (*workspace, error) {
	root, err := os.MkdirTemp("", "chancery-generate-")
	if err != nil {
		return nil, err
	}
	w := &workspace{module, root}
	if err := w.copyModule(); err != nil {
		w.close()
		return nil, fmt.Errorf("copying the module: %w", err)
	}
	return w, nil
}

func (w *workspace) close() { os.RemoveAll(w.root) }

// path returns where a file of the module is in the copy.
func (w *workspace) path(name string) string { return filepath.Join(w.root, filepath.FromSlash(name)) }

func (w *workspace) copyModule() error {
	return filepath.WalkDir(w.module, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(w.module, path)
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (name != "." && strings.HasPrefix(entry.Name(), ".") || entry.Name() == "node_modules"):
			return filepath.SkipDir
		case entry.IsDir():
			return os.MkdirAll(filepath.Join(w.root, name), 0o755)
		case !entry.Type().IsRegular():
			return nil
		}
		return copyFile(path, filepath.Join(w.root, name))
	})
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o644)
}

// remove deletes files of the copy by pattern.
func (w *workspace) remove(pattern string) error {
	files, err := filepath.Glob(w.path(pattern))
	if err != nil {
		return err
	}
	for _, file := range files {
		if err := os.Remove(file); err != nil {
			return err
		}
	}
	return nil
}

// run runs the go command in the copy; its output becomes part of the error.
// Paths are trimmed so that packages compiled before are found in the cache.
func (w *workspace) run(arguments ...string) error {
	command := exec.Command("go", arguments...)
	command.Dir = w.root
	command.Env = append(os.Environ(), "GOFLAGS="+strings.TrimSpace(os.Getenv("GOFLAGS")+" -trimpath"))
	if log, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", command, err, log)
	}
	return nil
}

// swap replaces the files of the module that match the patterns by those of the
// copy. All are written beside their targets before the first is replaced.
func (w *workspace) swap(patterns []string) error {
	fresh, err := matches(w.root, patterns)
	if err != nil {
		return err
	}
	stale, err := matches(w.module, patterns)
	if err != nil {
		return err
	}
	const suffix = ".new"
	for _, name := range fresh {
		if err := copyFile(filepath.Join(w.root, name), filepath.Join(w.module, name+suffix)); err != nil {
			return err
		}
	}
	for _, name := range fresh {
		if err := os.Rename(filepath.Join(w.module, name+suffix), filepath.Join(w.module, name)); err != nil {
			return err
		}
	}
	for _, name := range stale {
		if !slices.Contains(fresh, name) {
			if err := os.Remove(filepath.Join(w.module, name)); err != nil {
				return err
			}
		}
	}
	return nil
}

// matches returns the names below a folder that match any of the patterns.
func matches(folder string, patterns []string) ([]string, error) {
	var names []string
	for _, pattern := range patterns {
		found, err := fs.Glob(os.DirFS(folder), pattern)
		if err != nil {
			return nil, err
		}
		names = append(names, found...)
	}
	return names, nil
}
