// Tests the check for breaking changes: it reports them, and accepts changes that are
// compatible or announced.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorsOf, unannouncedChanges } from './breaking.mjs';
import { releaseFile } from './release.mjs';
import { read, schemaOf } from './sdl.mjs';

const released = `
  "Sets the time." directive @asOf(validAt: String, knownAt: Int) on QUERY
  type Query { node(id: ID!, language: String): Node events(kind: [Kind!], where: Where): [Event!]! }
  interface Node { id: ID! }
  "It happens." type Event implements Node { id: ID! kind: Kind! place: Place }
  type Place { name: String! }
  enum Kind { MEETING VISIT }
  input Where { kind: Kind by: String }
`;

const changelog = (unreleased) => `# Changelog\n\n## Unreleased\n\n${unreleased}\n\n## 0.1.0\n\n- \`Event.place\` is old news.\n`;

function changed(from, to) {
  assert.ok(released.includes(from), `the schema does not contain ${from}`);
  return released.replaceAll(from, to);
}

const breaking = {
  'a removed field': [' place: Place', '', ['Event.place']],
  'a removed argument': [', language: String', '', ['Query.node(language:)']],
  'an argument that became required': ['language: String', 'language: String!', ['Query.node(language:)']],
  'a removed argument of a directive': [', knownAt: Int', '', ['@asOf(knownAt:)']],
  'a removed directive': ['directive @asOf', 'directive @at', ['@asOf']],
  'a removed enum value': [' VISIT ', ' ', ['Kind.VISIT']],
  'a renamed type': ['Place', 'Spot', ['Event.place', 'Place']],
  'a field that became nullable': ['kind: Kind!', 'kind: Kind', ['Event.kind']],
  'an input field that became required': ['by: String', 'by: String!', ['Where.by']],
  'a new required input field': ['by: String', 'by: String of: ID!', ['Where.of']],
  'an input that became @oneOf': ['input Where {', 'input Where @oneOf {', ['Where']],
  'a removed interface': [' implements Node', '', ['Event']],
};

for (const [name, [from, to, coordinates]] of Object.entries(breaking)) {
  test(`${name} is reported unless the changelog names it`, async () => {
    const next = changed(from, to);
    const found = async (text) => (await unannouncedChanges(released, next, changelog(text))).map((f) => f.coordinate).sort();
    assert.deepEqual(await found('- Event.place is unchanged.'), coordinates);
    assert.deepEqual(await found(`- Changed ${coordinates.map((c) => `\`${c}\``).join(' and ')}.`), []);
    assert.deepEqual(await found(`- Changed ${coordinates.slice(1).map((c) => `\`${c}\``).join(' and ')}.`), coordinates.slice(0, 1));
  });
}

const harmless = {
  'no change': ['', ''],
  'a new field': ['place: Place', 'place: Place topics: [Event!]!'],
  'a new argument': ['language: String', 'language: String, script: String'],
  'a new enum value': ['VISIT', 'VISIT VOTE'],
  'a directive for gateways': ['input Where {', 'directive @cost(weight: Int!) on INPUT_OBJECT input Where @cost(weight: 2) {'],
  'a new type': ['type Place', 'type Topic { name: String } type Place'],
  'a new description': ['"It happens."', '"It takes place."'],
  'a deprecated field': ['place: Place', 'place: Place @deprecated(reason: "Places are many.")'],
};

for (const [name, [from, to]] of Object.entries(harmless)) {
  test(`${name} is accepted`, async () => assert.deepEqual(await unannouncedChanges(released, changed(from, to), changelog('')), []));
}

test('a changelog without an Unreleased section is an error', async () => {
  await assert.rejects(unannouncedChanges(released, released, '# Changelog\n\n## 0.1.0\n'), /no section/);
});

test('a changelog with only an Unreleased section is accepted', async () => {
  assert.deepEqual(await unannouncedChanges(released, changed(' place: Place', ''), '# Changelog\n\n## [Unreleased]\n- `Event.place`'), []);
});

test('the stored schema of a release lacks only descriptions', async () => {
  const current = read('../../schema.graphqls');
  const stored = releaseFile(current, changelog(''));
  assert.deepEqual(await errorsOf(stored, current, changelog('')), []);
  assert.deepEqual(await unannouncedChanges(current, stored, changelog('')), []);
  assert.deepEqual(Object.keys(schemaOf(stored).getTypeMap()).sort(), Object.keys(schemaOf(current).getTypeMap()).sort());
  assert.ok(!stored.includes('"""'));
});

test('a release whose schema was not stored is an error', async () => {
  const unreleasedOnly = '# Changelog\n\n## Unreleased\n';
  assert.deepEqual(await errorsOf(releaseFile(released, unreleasedOnly), released, unreleasedOnly), []);
  assert.match((await errorsOf(releaseFile(released, unreleasedOnly), released, changelog('')))[0], /released 0\.1\.0, but released\.graphqls is the schema of none yet/);
  assert.match((await errorsOf(released, released, changelog('')))[0], /npm run release/);
  const next = changelog('').replace('## 0.1.0', '## [0.2.0] - 2026-12-01\n\n## [0.1.0]');
  assert.match((await errorsOf(releaseFile(released, changelog('')), released, next))[0], /released 0\.2\.0, .* of 0\.1\.0/);
  assert.deepEqual(await errorsOf(releaseFile(released, next), released, next), []);
});
