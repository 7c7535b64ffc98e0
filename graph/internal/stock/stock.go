// Package stock serves Go maps through unmodified gqlgen. The benchmarks of package graph
// compare themselves with it, as the least that an executor of gqlgen costs.
package stock

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
)

//go:generate go tool gqlgen generate

// Graph is the data to serve. It must not be changed while it is served.
type Graph struct {
	Events       map[string]*Event // by id
	Listed       []*Event
	Participants map[string][]Actor // by the event's id
}

// Event is an event with the fields that the benchmarks read.
type Event struct {
	Named
	Slug, Kind string
	Date       *string
}

// Person is an actor that is a person.
type Person struct{ Named }

// State is the Go type of State in stock.graphqls, a small schema for comparisons.
type State struct{ Named }

// Actor takes part in events.
type Actor interface{ IsActor() }

// IsActor marks an actor.
func (*Person) IsActor() {}

// IsActor marks an actor.
func (*State) IsActor() {}

// Named has the fields of all nodes.
type Named struct{ ID, Label string }

// Name returns the label, in every language.
func (n *Named) Name(language *string) string { return n.Label }

// NewSchema returns an executable schema that serves a graph.
func NewSchema(g *Graph) graphql.ExecutableSchema {
	return NewExecutableSchema(Config{Resolvers: resolver{g}})
}

type resolver struct{ graph *Graph }

// Query returns the resolvers of Query.
func (r resolver) Query() QueryResolver { return queryResolver(r) }

// Event returns the resolvers of Event.
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

// page returns the first elements of a list.
func page[N any](all []N, first *int) []N {
	if first != nil && *first < len(all) {
		return all[:*first]
	}
	return all
}
