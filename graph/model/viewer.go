package model

import "chancery/diplomacy"

// Viewer is the client as it was authenticated.
type Viewer struct {
	Name string // empty for an anonymous client
	Role diplomacy.Term
}
