// Keeps of a schema what the check for breaking changes compares, without
// descriptions, under the version that the changelog released last: npm run release.
import graphql from 'graphql';
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { read } from './sdl.mjs';

const heading = 'Of the last release: ';

export const lastRelease = (changelog) => /^## \[?(\d[^\]\s]*)/m.exec(changelog)?.[1] ?? 'none yet';

export const releaseOf = (kept) => kept.startsWith(`# ${heading}`) && kept.slice(heading.length + 2, kept.indexOf('\n'));

export const keep = (schema, changelog) => `# ${heading}${lastRelease(changelog)}\n\n${bare(schema)}`;

function bare(schema) {
  const document = graphql.visit(graphql.parse(schema, { noLocation: true }), {
    enter: (node) => (node.description ? { ...node, description: undefined } : undefined),
  });
  return `${graphql.print(document)}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync('released.graphqls', keep(read('../../schema.graphqls'), read('../../CHANGELOG.md')));
}
