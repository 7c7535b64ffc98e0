package model

import (
	"context"

	"chancery/curation/findings"
)

// Impact is a record that a source alone supports.
type Impact struct{ findings.Impact }

// Record returns the statement or entity.
func (i *Impact) Record(ctx context.Context) (Node, error) {
	found, err := FetcherFrom(ctx).Record(ctx, i.Impact.Record)
	return NodeOf(found), err
}

// Evidence returns what supports it.
func (i *Impact) Evidence(ctx context.Context) ([]*Evidence, error) {
	evidence := []*Evidence{}
	nodes, err := NodesOf(ctx, i.Impact.Evidence)
	for _, node := range nodes {
		if e, ok := node.(*Evidence); ok {
			evidence = append(evidence, e)
		}
	}
	return evidence, err
}
