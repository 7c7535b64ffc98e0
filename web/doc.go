// Package web is what a browser sees: the playground, and the examples in its menu.
//
// The playground is GraphiQL, bundled by Vite (npm run build) into dist, which is
// embedded and not committed. Nothing is loaded from elsewhere, at build time but
// for the packages, at run time at all. A binary that was built without dist has
// a plain page in its place, which says so and asks all the same.
package web

import "embed"

//go:generate npm ci
//go:generate npm run build

// built is dist; each file is compressed.
//
//go:embed all:dist
var built embed.FS

//go:embed plain
var plain embed.FS

// FirstQuery is what the playground, the greeting and the README begin with.
//
//go:embed examples/01_whom-a-minister-met.graphql
var FirstQuery string
