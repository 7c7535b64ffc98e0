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

// version is the release, or the commit and its date where there is none.
func version() string {
	build, ok := debug.ReadBuildInfo()
	if !ok || build.Main.Version == "" {
		return "(unknown)"
	}
	return build.Main.Version
}
