// Refuses what would break clients of the last release, unless the changelog's
// Unreleased section names it.
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { pathToFileURL } from 'node:url';
import { read, schemaOf } from './sdl.mjs';

// Gives the coordinate (Type, Type.field, Type.field(argument:), Enum.VALUE, @directive)
// and the meaning of each breaking change that is not named.
export async function refused(released, current, changelog) {
  const changes = await diff(schemaOf(released), schemaOf(current));
  const named = coordinatesIn(unreleased(changelog));
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .map(({ path, message }) => ({ coordinate: coordinateOf(path ?? ''), message }))
    .filter(({ coordinate }) => !named.has(coordinate));
}

// The comparison says Type.field.argument.
function coordinateOf(path) {
  const parts = path.split('.');
  const argument = parts.length > (path.startsWith('@') ? 1 : 2) ? parts.pop() : '';
  return parts.join('.') + (argument && `(${argument}:)`);
}

function unreleased(changelog) {
  const section = /^## \[?Unreleased\b.*\n([^]*?)(?=^## |(?![^]))/m.exec(changelog);
  if (!section) throw new Error('the changelog has no section "## Unreleased"');
  return section[1];
}

const coordinatesIn = (text) => new Set([...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code));

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const found = await refused(...process.argv.slice(2, 5).map(read));
  for (const { coordinate, message } of found) console.log(`${coordinate}: ${message}`);
  if (found.length > 0) {
    console.log(`\nThis breaks clients of the last release. Do without it (add, deprecate), or name each of
these, in backticks, under Unreleased in CHANGELOG.md, with what clients have to do.`);
    process.exit(1);
  }
}
