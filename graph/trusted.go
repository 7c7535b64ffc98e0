package graph

import (
	"errors"
	"fmt"
	"os"

	"chancery/graph/internal/documents"
)

// Trusted are documents that were written down when clients were built, parsed and
// validated; nil is none. They do not change, and any number of handlers may have
// them.
type Trusted = documents.Trusted

// TrustedError is what is wrong with manifests, one line for each fault, with its
// file and line.
type TrustedError = documents.Refused

// ReadTrusted reads manifests as GraphQL Code Generator, Relay and Apollo write them,
// and validates all their documents. The error is a *TrustedError, or that of
// reading a file.
func ReadTrusted(files ...string) (*Trusted, error) {
	var manifests [][]documents.Entry
	refused := &TrustedError{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("read the manifest of trusted documents: %w", err)
		}
		manifest, err := documents.ReadManifest(file, text)
		if wrong := (*TrustedError)(nil); errors.As(err, &wrong) {
			refused.Add(wrong.Faults...)
		} else if err != nil {
			return nil, err
		}
		manifests = append(manifests, manifest)
	}
	trusted, err := documents.Trust(newSchema().Schema(), manifests...)
	if wrong := (*TrustedError)(nil); errors.As(err, &wrong) {
		refused.Add(wrong.Faults...)
		refused.More += wrong.More
	}
	if len(refused.Faults) > 0 {
		return nil, refused
	}
	return trusted, nil
}
