package command

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// versionCommand prints what the build recorded about itself.
type versionCommand struct{}

// Run prints one line.
func (versionCommand) Run(of release) error {
	_, err := fmt.Printf("chancery %s (%s, %s/%s)\n", of.version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// release is the version that the build was given, if any.
type release string

// version returns the release, or else the commit and its date.
func (r release) version() string {
	if r != "" {
		return string(r)
	}
	build, ok := debug.ReadBuildInfo()
	if !ok || build.Main.Version == "" {
		return "(unknown)"
	}
	return build.Main.Version
}
