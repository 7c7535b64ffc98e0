package main

import (
	"io"
	"os"

	"chancery/exchange"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// openAll opens the files to read and adds up their sizes; -1 if one of them is
// a pipe and has none.
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

// withProgress shows on a terminal how far reading is, if it takes long enough
// to make one wonder.
func withProgress(files []exchange.File, size int64) []exchange.File {
	const long = 1 << 20
	if !term.IsTerminal(int(os.Stderr.Fd())) || size >= 0 && size < long {
		return files
	}
	bar := progressbar.DefaultBytes(size, "reading")
	watched := make([]exchange.File, len(files))
	for i, file := range files {
		reader := progressbar.NewReader(file.Reader, bar)
		watched[i] = exchange.File{Name: file.Name, Reader: &reader}
	}
	return watched
}
