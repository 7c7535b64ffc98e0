// Package stock answers a few of the benchmarks' questions from Go maps through
// gqlgen as it comes. It is what the benchmarks of package graph are held
// against: the least that an executor of this make costs.
package stock

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
)

//go:generate go tool gqlgen generate

// Graph is all there is to serve. It must not be changed while it is served.
type Graph struct {
	Events       map[string]*Event // by id
	Listed       []*Event
	Participants map[string][]Actor // by the event's id
}

// Event is a node with what the benchmarks ask of it.
type Event struct {
	Named
	Slug, Kind string
	Date       *string
}

// Person is an actor.
type Person struct{ Named }

// State is an actor.
type State struct{ Named }

// Actor is what takes part in an event.
type Actor interface{ IsActor() }

// IsActor marks an actor.
func (*Person) IsActor() {}

// IsActor marks an actor.
func (*State) IsActor() {}

// Named is what all nodes have.
type Named struct{ ID, Label string }

// Name is the label, whatever the language.
func (n *Named) Name(language *string) string { return n.Label }

// NewSchema serves a graph.
func NewSchema(g *Graph) graphql.ExecutableSchema {
	return NewExecutableSchema(Config{Resolvers: resolver{g}})
}

type resolver struct{ graph *Graph }

// Query resolves the fields of Query.
func (r resolver) Query() QueryResolver { return queryResolver(r) }

// Event resolves the fields of Event.
func (r resolver) Event() EventResolver { return eventResolver(r) }

type queryResolver struct{ graph *Graph }

func (r queryResolver) Event(_ context.Context, by EventBy) (*Event, error) {
	return r.graph.Events[*by.ID], nil
}

func (r queryResolver) Events(_ context.Context, first *int) (*EventConnection, error) {
	return &EventConnection{page(r.graph.Listed, first)}, nil
}

type eventResolver struct{ graph *Graph }

func (r eventResolver) Participants(_ context.Context, e *Event, first *int) (*ParticipantConnection, error) {
	return &ParticipantConnection{page(r.graph.Participants[e.ID], first)}, nil
}

// page is the beginning of a list.
func page[N any](all []N, first *int) []N {
	if first != nil && *first < len(all) {
		return all[:*first]
	}
	return all
}
