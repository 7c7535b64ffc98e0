package command

import (
	"errors"

	"chancery/graph"
)

// documentOptions are the flags for trusted documents.
type documentOptions struct {
	Trusted     []string `placeholder:"FILE" help:"Manifest of documents that clients may run by their ids, as GraphQL Code Generator, Relay and Apollo write it; may be repeated (default: none)."`
	TrustedOnly bool     `help:"Reject all documents but those of --trusted; the playground then cannot run queries."`
}

// check rejects options with which no document could run.
func (d documentOptions) check() error {
	if d.TrustedOnly && len(d.Trusted) == 0 {
		return errors.New("--trusted-only would reject every document; name the manifests with --trusted")
	}
	return nil
}

// trust adds the documents to the options of a graph.
func (d documentOptions) trust(options *graph.Options) (err error) {
	options.TrustedOnly = d.TrustedOnly
	if len(d.Trusted) == 0 {
		return nil
	}
	if options.TrustedDocuments, err = graph.ReadManifests(d.Trusted...); err != nil {
		return err
	}
	options.Logger.Info("documents are trusted", "count", options.TrustedDocuments.Len(), "only", d.TrustedOnly)
	return nil
}
