// Package federation tests the subgraph of Apollo Federation: entities by representations
// and the schema that routers compose.
package federation
