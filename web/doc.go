// Package web serves the pages for browsers: the playground with its menu of examples.
//
// The playground is GraphiQL, bundled by Vite (npm run build) into dist, which is
// embedded and not committed. At run time a page loads nothing from other hosts. A binary
// that was built without dist serves a plain page instead, which says so and can also
// send queries.
package web

import "embed"

//go:generate npm ci
//go:generate npm run build

// built holds dist; each file is compressed.
//
//go:embed all:dist
var built embed.FS

//go:embed plain
var plain embed.FS

// FirstQuery is the example with which the playground, the start-up banner and the README
// begin.
//
//go:embed examples/01_meetings-of-a-minister.graphql
var FirstQuery string
