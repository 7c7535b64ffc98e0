package access

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// replace writes a new file, which other users may not open, and renames it to the old
// one's name: readers see one or the other, also after a power failure.
func (t *Tokens) replace(tokens []Token) error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetIndent("", "  ") // which is also room for overwrite
	if err := encoder.Encode(tokensFile{tokensVersion, tokens}); err != nil {
		return err
	}
	folder := filepath.Dir(t.path)
	draft, err := os.CreateTemp(folder, filepath.Base(t.path)+".*.part") // with mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name()) // fails once it is renamed
	_, err = draft.Write(text.Bytes())
	if err := errors.Join(err, draft.Sync(), draft.Close()); err != nil {
		return err
	}
	if err := os.Rename(draft.Name(), t.path); err != nil {
		return err
	}
	return syncFolder(folder)
}

// syncFolder makes renames in a folder durable. Windows cannot, and does so by itself.
func syncFolder(name string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// replaceOrOverwrite is replace and, where there is no room for a new file, overwrite. It
// is for revoking, which must not fail because a disk is full.
func (t *Tokens) replaceOrOverwrite(tokens []Token) error {
	err := t.replace(tokens)
	if err == nil {
		return nil
	}
	if inPlace := t.overwrite(tokens); inPlace != nil {
		return fmt.Errorf("%w; nor can it be overwritten: %w", err, inPlace)
	}
	return nil
}

// overwrite writes the tokens over the file, without indentation: what that saves is more
// than the time at which a token was revoked takes. Readers that meet half of it accept no
// token until they read it again. The file becomes one byte shorter, by which they notice
// the change even if the clock stands still.
func (t *Tokens) overwrite(tokens []Token) error {
	text, err := json.Marshal(tokensFile{tokensVersion, tokens})
	if err != nil {
		return err
	}
	file, err := os.OpenFile(t.path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	size := info.Size() - 1
	room := size - int64(len(text))
	if room < 0 {
		return fmt.Errorf("it has room for %d bytes, not for %d", size, len(text))
	}
	_, err = file.WriteAt(append(text, bytes.Repeat([]byte(" "), int(room))...), 0)
	return errors.Join(err, file.Truncate(size), file.Sync())
}
