// Refuses what would break clients of the last release, unless the changelog's
// Unreleased section names it.
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { pathToFileURL } from 'node:url';
import { lastRelease, releaseOf } from './release.mjs';
import { read, schemaOf } from './sdl.mjs';

// Gives the coordinate (Type, Type.field, Type.field(argument:), Enum.VALUE, @directive)
// and the meaning of each breaking change that is not named.
export async function refused(released, current, changelog) {
  const changes = await diff(schemaOf(released), schemaOf(current));
  const named = coordinatesIn(unreleased(changelog));
  return changes
    .filter(({ criticality, type, path }) => criticality.level === CriticalityLevel.Breaking && clientsSee(type, path))
    .map(({ path, message }) => ({ coordinate: coordinateOf(path ?? ''), message }))
    .filter(({ coordinate }) => !named.has(coordinate));
}

// Directives on elements are between us and other servers, but for @oneOf.
const clientsSee = (type, path) => !type.startsWith('DIRECTIVE_USAGE_') || path.endsWith('.@oneOf');

// The comparison says Type.field.argument, and Type.@directive of what a directive is on.
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

// Complains of each breaking change, and of a release whose schema was not kept.
export async function complaints(released, current, changelog) {
  if (releaseOf(released) !== lastRelease(changelog)) {
    return [`CHANGELOG.md released ${lastRelease(changelog)}, but the schema kept is of ${releaseOf(released)}; npm run release keeps it.`];
  }
  const found = await refused(released, current, changelog);
  return found.length === 0 ? [] : [
    ...found.map(({ coordinate, message }) => `${coordinate}: ${message}`),
    'This breaks clients of the last release. Do without it (add, deprecate), or name each of these, in backticks,',
    'under Unreleased in CHANGELOG.md, and say what clients have to do.',
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const lines = await complaints(...process.argv.slice(2, 5).map(read));
  for (const line of lines) console.log(line);
  process.exit(lines.length === 0 ? 0 : 1);
}
