// The check for breaking changes, checked: it must see them, and let pass what is
// none or is announced.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaints, refused } from './breaking.mjs';
import { keep } from './release.mjs';
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
  assert.ok(released.includes(from), `the schema has no ${from}`);
  return released.replaceAll(from, to);
}

const breaking = {
  'a field that is gone': [' place: Place', '', ['Event.place']],
  'an argument that is gone': [', language: String', '', ['Query.node(language:)']],
  'an argument that must be given now': ['language: String', 'language: String!', ['Query.node(language:)']],
  'an argument of a directive that is gone': [', knownAt: Int', '', ['@asOf(knownAt:)']],
  'a directive that is gone': ['directive @asOf', 'directive @at', ['@asOf']],
  'a value that is gone': [' VISIT ', ' ', ['Kind.VISIT']],
  'a type that has another name': ['Place', 'Spot', ['Event.place', 'Place']],
  'a field that may be null now': ['kind: Kind!', 'kind: Kind', ['Event.kind']],
  'an input that must be given now': ['by: String', 'by: String!', ['Where.by']],
  'a new input that must be given': ['by: String', 'by: String of: ID!', ['Where.of']],
  'an input of which one must be given now': ['input Where {', 'input Where @oneOf {', ['Where']],
  'an interface that is left': [' implements Node', '', ['Event']],
};

for (const [name, [from, to, coordinates]] of Object.entries(breaking)) {
  test(name, async () => {
    const next = changed(from, to);
    const found = async (text) => (await refused(released, next, changelog(text))).map((f) => f.coordinate).sort();
    assert.deepEqual(await found('- Nothing was done to Event.place.'), coordinates);
    assert.deepEqual(await found(`- Changed ${coordinates.map((c) => `\`${c}\``).join(' and ')}.`), []);
    assert.deepEqual(await found(`- Changed ${coordinates.slice(1).map((c) => `\`${c}\``).join(' and ')}.`), coordinates.slice(0, 1));
  });
}

const harmless = {
  'nothing': ['', ''],
  'a new field': ['place: Place', 'place: Place topics: [Event!]!'],
  'a new argument': ['language: String', 'language: String, script: String'],
  'a new value': ['VISIT', 'VISIT VOTE'],
  'a directive for other servers': ['input Where {', 'directive @cost(weight: Int!) on INPUT_OBJECT input Where @cost(weight: 2) {'],
  'a new type': ['type Place', 'type Topic { name: String } type Place'],
  'other words': ['"It happens."', '"It takes place."'],
  'a field that is discouraged': ['place: Place', 'place: Place @deprecated(reason: "Places are many.")'],
};

for (const [name, [from, to]] of Object.entries(harmless)) {
  test(name, async () => assert.deepEqual(await refused(released, changed(from, to), changelog('')), []));
}

test('a changelog without the section', async () => {
  await assert.rejects(refused(released, released, '# Changelog\n\n## 0.1.0\n'), /no section/);
});

test('a changelog with nothing else', async () => {
  assert.deepEqual(await refused(released, changed(' place: Place', ''), '# Changelog\n\n## [Unreleased]\n- `Event.place`'), []);
});

test('what is kept of a release lacks only words', async () => {
  const current = read('../../schema.graphqls');
  const kept = keep(current, changelog(''));
  assert.deepEqual(await complaints(kept, current, changelog('')), []);
  assert.deepEqual(await refused(current, kept, changelog('')), []);
  assert.deepEqual(Object.keys(schemaOf(kept).getTypeMap()).sort(), Object.keys(schemaOf(current).getTypeMap()).sort());
  assert.ok(!kept.includes('"""'));
});

test('a release whose schema was not kept', async () => {
  const none = '# Changelog\n\n## Unreleased\n';
  assert.deepEqual(await complaints(keep(released, none), released, none), []);
  assert.match((await complaints(keep(released, none), released, changelog('')))[0], /released 0\.1\.0, but the schema kept is of none yet/);
  assert.match((await complaints(released, released, changelog('')))[0], /npm run release/);
  const next = changelog('').replace('## 0.1.0', '## [0.2.0] - 2026-12-01\n\n## [0.1.0]');
  assert.match((await complaints(keep(released, changelog('')), released, next))[0], /released 0\.2\.0, .* of 0\.1\.0/);
  assert.deepEqual(await complaints(keep(released, next), released, next), []);
});
