package diplomacy

import (
	"crypto/sha256"
	"encoding/hex"
)

// Source is where a statement was read: an article, a communiqué, a data set
// (PROV-O Entity, schema.org CreativeWork). Its title is its name.
type Source struct {
	Thing
	Type      Term   `json:"kind,omitempty" cbor:"20,keyasint,omitempty"`
	URL       string `json:"url,omitempty" cbor:"21,keyasint,omitempty"`
	Published Time   `json:"published,omitzero" cbor:"22,keyasint,omitzero"`
	// Language of the text, BCP 47.
	Language string `json:"sourceLanguage,omitempty" cbor:"23,keyasint,omitempty"`
	// Snapshot is the text as it was read, against which quotes are checked;
	// empty when none was kept.
	Snapshot string `json:"snapshot,omitempty" cbor:"24,keyasint,omitempty"`
	// Restricted keeps the source, and all that rests on it, to editors, as an
	// embargo does.
	Restricted bool `json:"restricted,omitempty" cbor:"25,keyasint,omitempty"`
}

func (*Source) Kind() Kind       { return KindSource }
func (s *Source) Facets() Facets { return Facets{FacetKind: s.Type} }
func (s *Source) Dated() Time    { return s.Published }

// SnapshotSHA256 is the lower-case hex digest of the snapshot; empty without
// one.
func (s *Source) SnapshotSHA256() string {
	if s.Snapshot == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(s.Snapshot))
	return hex.EncodeToString(sum[:])
}
