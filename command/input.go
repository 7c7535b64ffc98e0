package command

import (
	"io"
	"os"

	"chancery/exchange"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// openAll opens the files and adds up their sizes; the size is -1 if one of them is a
// pipe.
func openAll(names []string) (files []exchange.File, size int64, err error) {
	for _, name := range names {
		file := os.Stdin
		if name != "-" {
			if file, err = os.Open(name); err != nil {
				closeAll(files)
				return nil, 0, err
			}
		}
		files = append(files, exchange.File{Name: name, Reader: file})
		if info, err := file.Stat(); err == nil && info.Mode().IsRegular() && size >= 0 {
			size += info.Size()
		} else {
			size = -1
		}
	}
	return files, size, nil
}

func closeAll(files []exchange.File) {
	for _, file := range files {
		if closer, ok := file.Reader.(io.Closer); ok {
			closer.Close()
		}
	}
}

// withProgress shows a progress bar on a terminal, for large files.
func withProgress(files []exchange.File, size int64) []exchange.File {
	const large = 1 << 20
	if !term.IsTerminal(int(os.Stderr.Fd())) || size >= 0 && size < large {
		return files
	}
	bar := progressbar.DefaultBytes(size, "reading")
	tracked := make([]exchange.File, len(files))
	for i, file := range files {
		reader := progressbar.NewReader(file.Reader, bar)
		tracked[i] = exchange.File{Name: file.Name, Reader: &reader}
	}
	return tracked
}
