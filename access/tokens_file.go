package access

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// kept is what the file of tokens holds.
type kept struct {
	Version int     `json:"version"`
	Tokens  []Token `json:"tokens"`
}

const (
	tokensVersion = 1
	maxTokens     = 16 << 20 // bytes
)

// current are the tokens as the file has them now. To look costs one stat; it is
// read again only when it is another file.
func (t *Tokens) current() (map[fingerprint]Token, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if now, err := os.Stat(t.path); err == nil && same(now, t.seen) {
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
	t.seen, t.byPrint = seen, byPrint
	return byPrint, nil
}

// same reports whether a file has not been changed. Every change of ours makes a
// new file, whatever the clock says.
func same(a, b fs.FileInfo) bool {
	return b != nil && os.SameFile(a, b) && a.ModTime().Equal(b.ModTime()) && a.Size() == b.Size()
}

// warn says so if the file is open to others. It holds no secrets, but whoever
// can write to it can let himself in.
func (t *Tokens) warn(file fs.FileInfo) {
	if file != nil && file.Mode().Perm()&0o077 != 0 {
		t.log.Warn("others on this machine may open the file of tokens; chmod 600 it", "file", t.path, "mode", file.Mode().Perm().String())
	}
}

// read gives all tokens of the file, and which file that was; none if there is
// none.
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
	var of kept
	decoder := json.NewDecoder(r)
	if err := decoder.Decode(&of); err != nil {
		return nil, err
	}
	if of.Version != tokensVersion {
		return nil, fmt.Errorf("its version is %d, and this program knows %d", of.Version, tokensVersion)
	}
	return of.Tokens, nil
}

// change replaces the file by what fn makes of its tokens, or leaves it. Of those
// who want to change it one goes after the other.
func (t *Tokens) change(fn func([]Token) ([]Token, error)) error {
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
	if err := t.replace(tokens); err != nil {
		return fmt.Errorf("write tokens to %s: %w", t.path, err)
	}
	return nil
}

// replace writes a new file, which nobody else may open, and then puts it in the
// place of the old one: readers see one or the other.
func (t *Tokens) replace(tokens []Token) error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(kept{tokensVersion, tokens}); err != nil {
		return err
	}
	draft, err := os.CreateTemp(filepath.Dir(t.path), filepath.Base(t.path)+".*.part") // with mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name()) // in vain, and rightly, once it is renamed
	_, err = draft.Write(text.Bytes())
	if err := errors.Join(err, draft.Sync(), draft.Close()); err != nil {
		return err
	}
	return os.Rename(draft.Name(), t.path)
}
