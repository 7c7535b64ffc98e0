// Tests that the rules report mistakes that matter.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ESLint } from 'eslint';
import { read } from './sdl.mjs';

process.chdir('../..');
const eslint = new ESLint({ overrideConfigFile: 'testdata/schema/eslint.config.js' });
const schema = read('schema.graphqls');

async function rulesViolated(text, filePath) {
  const [{ messages }] = await eslint.lintText(text, { filePath });
  return messages.map(({ ruleId, message }) => ruleId?.replace('@graphql-eslint/', '') ?? message);
}

for (const [name, [addition, rule]] of Object.entries({
  'a field without a description': ['"New." type New { "Its id." id: ID! other: Int }', 'require-description'],
  'an edge without a cursor': ['"A page." type NewConnection { "Edges." edges: [NewEdge!]! "The position." pageInfo: PageInfo! } "New." type NewEdge { "Its id." node: Node! }', 'relay-edge-types'],
  'a connection without all pagination arguments': ['"New." type New { "Its id." id: ID! "Pages." people("The length." first: Int): PersonConnection! }', 'relay-arguments'],
  'a field name in the wrong case': ['"New." type New { "Its id." id: ID! "Other." Other_one: String }', 'naming-convention'],
})) {
  test(`${name} is reported`, async () => assert.ok((await rulesViolated(`${schema}\n${addition}\n`, 'schema.graphqls')).includes(rule)));
}

test('an unknown field in an example is reported', async () => {
  assert.deepEqual(await rulesViolated('query New { persons { nodes { name } } }', 'web/examples/99_new.graphql'), ['fields-on-correct-type']);
  assert.deepEqual(await rulesViolated('query New { people { nodes { name } } }', 'web/examples/99_new.graphql'), []);
});
