// That the rules bite: what is wrong in ways that matter must be told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ESLint } from 'eslint';
import { read } from './sdl.mjs';

process.chdir('../..');
const eslint = new ESLint({ overrideConfigFile: 'testdata/schema/eslint.config.js' });
const schema = read('schema.graphqls');

async function told(text, filePath) {
  const [{ messages }] = await eslint.lintText(text, { filePath });
  return messages.map(({ ruleId, message }) => ruleId?.replace('@graphql-eslint/', '') ?? message);
}

for (const [name, [addition, rule]] of Object.entries({
  'a field that says nothing': ['"New." type New { "Names it." id: ID! other: Int }', 'require-description'],
  'an edge without a cursor': ['"A page." type NewConnection { "Edges." edges: [NewEdge!]! "Where." pageInfo: PageInfo! } "New." type NewEdge { "Names it." node: Node! }', 'relay-edge-types'],
  'a page of half the arguments': ['"New." type New { "Names it." id: ID! "Pages." people("How many." first: Int): PersonConnection! }', 'relay-arguments'],
  'a name in another case': ['"New." type New { "Names it." id: ID! "Other." Other_one: String }', 'naming-convention'],
})) {
  test(name, async () => assert.ok((await told(`${schema}\n${addition}\n`, 'schema.graphqls')).includes(rule)));
}

test('an example that asks for what there is not', async () => {
  assert.deepEqual(await told('query New { persons { nodes { name } } }', 'web/examples/99_new.graphql'), ['fields-on-correct-type']);
  assert.deepEqual(await told('query New { people { nodes { name } } }', 'web/examples/99_new.graphql'), []);
});
