// Rejects changes that break clients of the last release, unless the Unreleased section of
// the changelog names them.
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { pathToFileURL } from 'node:url';
import { lastRelease, releaseOf } from './release.mjs';
import { read, schemaOf } from './sdl.mjs';

// Returns the coordinate (Type, Type.field, Type.field(argument:), Enum.VALUE, @directive)
// and a description of each breaking change that the changelog does not name.
export async function unannouncedChanges(released, current, changelog) {
  const changes = await diff(schemaOf(released), schemaOf(current));
  const named = coordinatesIn(unreleased(changelog));
  return changes
    .filter(({ criticality, type, path }) => criticality.level === CriticalityLevel.Breaking && affectsClients(type, path))
    .map(({ path, message }) => ({ coordinate: coordinateOf(path ?? ''), message }))
    .filter(({ coordinate }) => !named.has(coordinate));
}

// Of the directives on schema elements only @oneOf affects clients; the others are for gateways.
const affectsClients = (type, path) => !type.startsWith('DIRECTIVE_USAGE_') || path.endsWith('.@oneOf');

// Converts a path of the inspector: Type.field.argument, or Type.@directive for the use of a
// directive.
function coordinateOf(path) {
  const parts = path.replace(/\.@\w+$/, '').split('.');
  const argument = parts.length > (path.startsWith('@') ? 1 : 2) ? parts.pop() : '';
  return parts.join('.') + (argument && `(${argument}:)`);
}

function unreleased(changelog) {
  const section = /^## \[?Unreleased\b.*\n([^]*?)(?=^## |(?![^]))/m.exec(changelog);
  if (!section) throw new Error('the changelog has no section "## Unreleased"');
  return section[1];
}

const coordinatesIn = (text) => new Set([...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code));

// Returns the error messages for breaking changes, and for a release whose schema was not
// stored.
export async function errorsOf(released, current, changelog) {
  if (releaseOf(released) !== lastRelease(changelog)) {
    return [`CHANGELOG.md released ${lastRelease(changelog)}, but released.graphqls is the schema of ${releaseOf(released)}; update it with npm run release.`];
  }
  const changes = await unannouncedChanges(released, current, changelog);
  return changes.length === 0 ? [] : [
    ...changes.map(({ coordinate, message }) => `${coordinate}: ${message}`),
    'These changes break clients of the last release. Avoid them (add a field, deprecate the old one), or name each of them,',
    'in backticks, under Unreleased in CHANGELOG.md, and say what clients must do.',
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const lines = await errorsOf(...process.argv.slice(2, 5).map(read));
  for (const line of lines) console.log(line);
  process.exit(lines.length === 0 ? 0 : 1);
}
