// Keeps of a schema what the check for breaking changes compares, without
// descriptions: npm run release.
import graphql from 'graphql';
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { read } from './sdl.mjs';

export function bare(text) {
  const document = graphql.visit(graphql.parse(text, { noLocation: true }), {
    enter: (node) => (node.description ? { ...node, description: undefined } : undefined),
  });
  return `${graphql.print(document)}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync('released.graphqls', bare(read('../../schema.graphqls')));
}
