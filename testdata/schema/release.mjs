// Stores the schema of a release, without descriptions, with the version of the latest
// release in the changelog, for the check for breaking changes: npm run release.
import graphql from 'graphql';
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { read } from './sdl.mjs';

const heading = 'Of the last release: ';

export const lastRelease = (changelog) => /^## \[?(\d[^\]\s]*)/m.exec(changelog)?.[1] ?? 'none yet';

export const releaseOf = (stored) => stored.startsWith(`# ${heading}`) && stored.slice(heading.length + 2, stored.indexOf('\n'));

export const releaseFile = (schema, changelog) => `# ${heading}${lastRelease(changelog)}\n\n${withoutDescriptions(schema)}`;

function withoutDescriptions(schema) {
  const document = graphql.visit(graphql.parse(schema, { noLocation: true }), {
    enter: (node) => (node.description ? { ...node, description: undefined } : undefined),
  });
  return `${graphql.print(document)}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync('released.graphqls', releaseFile(read('../../schema.graphqls'), read('../../CHANGELOG.md')));
}
