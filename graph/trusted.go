package graph

import (
	"errors"
	"fmt"
	"os"

	"chancery/graph/internal/documents"
)

// TrustedDocuments holds the documents of manifests, parsed and validated; nil holds
// none. It is immutable, and any number of handlers may share it.
type TrustedDocuments = documents.Trusted

// ManifestError lists the problems of manifests, one a line, each with its file and line.
type ManifestError = documents.ManifestError

// ReadManifests reads manifests of trusted documents as GraphQL Code Generator, Relay and
// Apollo write them, and validates all documents. The error is a *ManifestError, or that
// of reading a file.
func ReadManifests(files ...string) (*TrustedDocuments, error) {
	var manifests [][]documents.Entry
	all := &ManifestError{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("read the manifest of trusted documents: %w", err)
		}
		manifest, err := documents.ReadManifest(file, text)
		if invalid := (*ManifestError)(nil); errors.As(err, &invalid) {
			all.Add(invalid.Problems...)
		} else if err != nil {
			return nil, err
		}
		manifests = append(manifests, manifest)
	}
	trusted, err := documents.Validate(newSchema().Schema(), manifests...)
	if invalid := (*ManifestError)(nil); errors.As(err, &invalid) {
		all.Add(invalid.Problems...)
		all.More += invalid.More
	}
	if len(all.Problems) > 0 {
		return nil, all
	}
	return trusted, nil
}
