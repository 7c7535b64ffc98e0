package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// versionCommand prints what the build recorded about itself.
type versionCommand struct{}

func (versionCommand) Run() error {
	_, err := fmt.Printf("chancery %s (%s, %s/%s)\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// release is set by who builds from sources without their git history, as the
// Dockerfile does: go build -ldflags="-X main.release=v1.2.3".
var release string

// version is the release, or the commit and its date where there is none.
func version() string {
	if release != "" {
		return release
	}
	build, ok := debug.ReadBuildInfo()
	if !ok || build.Main.Version == "" {
		return "(unknown)"
	}
	return build.Main.Version
}
