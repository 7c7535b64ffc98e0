package main

import (
	"errors"

	"chancery/graph"
)

// trustedDocuments says which documents clients need not send, and whether others
// are run.
type trustedDocuments struct {
	Trusted     []string `placeholder:"FILE" help:"Run the documents of a manifest by their ids, as GraphQL Code Generator, Relay and Apollo write it; may be given several times."`
	TrustedOnly bool     `help:"Run no other documents than those of --trusted; the playground can ask nothing then."`
}

// check wants something to be run.
func (d trustedDocuments) check() error {
	if d.TrustedOnly && len(d.Trusted) == 0 {
		return errors.New("--trusted-only would refuse everything; name the manifests with --trusted")
	}
	return nil
}

// trust puts the documents into the options of a graph.
func (d trustedDocuments) trust(options *graph.Options) (err error) {
	options.TrustedOnly = d.TrustedOnly
	if len(d.Trusted) == 0 {
		return nil
	}
	if options.Trusted, err = graph.ReadTrusted(d.Trusted...); err != nil {
		return err
	}
	options.Logger.Info("documents are trusted", "count", options.Trusted.Len(), "only", d.TrustedOnly)
	return nil
}
