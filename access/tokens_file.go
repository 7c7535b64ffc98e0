package access

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// tokensFile is the content of the file of tokens.
type tokensFile struct {
	Version int     `json:"version"`
	Tokens  []Token `json:"tokens"`
}

const (
	tokensVersion = 1
	maxTokens     = 16 << 20 // bytes
)

// current returns the tokens in the file. It costs one stat; the file is loaded only if it
// has changed.
func (t *Tokens) current() (map[fingerprint]Token, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if now, err := os.Stat(t.path); err == nil && same(now, t.loaded) {
		return t.byPrint, nil
	}
	tokens, seen, err := t.read()
	if err != nil {
		return nil, err
	}
	byPrint := make(map[fingerprint]Token, len(tokens))
	for _, token := range tokens {
		print, err := token.fingerprint()
		if err != nil {
			return nil, fmt.Errorf("read tokens from %s: %w", t.path, err)
		}
		byPrint[print] = token
	}
	t.warn(seen)
	t.loaded, t.byPrint = seen, byPrint
	return byPrint, nil
}

// same reports whether a file has not changed. Each change replaces the file or shortens
// it, so that a clock which stands still does not matter.
func same(a, b fs.FileInfo) bool {
	return b != nil && os.SameFile(a, b) && a.ModTime().Equal(b.ModTime()) && a.Size() == b.Size()
}

// warn logs a warning if other users may open the file. It has no secrets, but writing to
// it grants access to the graph.
func (t *Tokens) warn(file fs.FileInfo) {
	if file != nil && file.Mode().Perm()&0o077 != 0 {
		t.log.Warn("other users may open the file of tokens; run chmod 600 on it", "file", t.path, "mode", file.Mode().Perm().String())
	}
}

// read returns all tokens in the file, and the file's description; none if it does not
// exist.
func (t *Tokens) read() ([]Token, fs.FileInfo, error) {
	file, err := os.Open(t.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	} else if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	seen, err := file.Stat()
	if err != nil {
		return nil, nil, err
	}
	tokens, err := parseTokens(io.LimitReader(file, maxTokens))
	if err != nil {
		return nil, nil, fmt.Errorf("read tokens from %s: %w; restore it from a copy, or remove it and make new tokens", t.path, err)
	}
	return tokens, seen, nil
}

func parseTokens(r io.Reader) ([]Token, error) {
	var file tokensFile
	decoder := json.NewDecoder(r)
	if err := decoder.Decode(&file); err != nil {
		return nil, err
	}
	if file.Version != tokensVersion {
		return nil, fmt.Errorf("its format version is %d, this program reads version %d", file.Version, tokensVersion)
	}
	return file.Tokens, nil
}

// change replaces the file with the tokens that fn returns, or leaves it if fn fails. A
// lock on the file serializes the changes of several processes.
func (t *Tokens) change(write func([]Token) error, fn func([]Token) ([]Token, error)) error {
	unlock, err := lockedfile.MutexAt(t.path + ".lock").Lock()
	if err != nil {
		return fmt.Errorf("change the tokens in %s: %w", t.path, err)
	}
	defer unlock()
	tokens, _, err := t.read()
	if err != nil {
		return err
	}
	if tokens, err = fn(tokens); err != nil {
		return err
	}
	if err := write(tokens); err != nil {
		return fmt.Errorf("write tokens to %s: %w", t.path, err)
	}
	return nil
}
