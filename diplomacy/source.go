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
	// Snapshot is the text as it was retrieved, in which quotes are looked up;
	// empty if none was stored.
	Snapshot string `json:"snapshot,omitempty" cbor:"24,keyasint,omitempty"`
	// Restricted hides the source and everything that depends on it from everybody
	// but editors, as an embargo does.
	Restricted bool `json:"restricted,omitempty" cbor:"25,keyasint,omitempty"`
}

func (*Source) Kind() Kind       { return KindSource }
func (s *Source) Facets() Facets { return Facets{FacetKind: s.Type} }
func (s *Source) Dated() Time    { return s.Published }

// SnapshotSHA256 returns the SHA-256 of the snapshot in lower-case hex; empty if
// there is no snapshot.
func (s *Source) SnapshotSHA256() string {
	if s.Snapshot == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(s.Snapshot))
	return hex.EncodeToString(sum[:])
}
