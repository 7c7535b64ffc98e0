import assert from 'node:assert/strict';
import { execSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { composeSchemaContract, transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import { buildASTSchema, lexicographicSortSchema, parse, printSchema } from 'graphql';
import { composeBoth } from './compose.js';
import { startAll } from './system.js';

const here = fileURLToPath(new URL('.', import.meta.url));
let system;
before(async () => { system = await startAll(); });
after(() => system?.stop());

async function execute(query, { variables, token, url = system.url } = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

// Returns the schema that a gateway shows to its clients.
const publicSchema = (supergraph) =>
  lexicographicSortSchema(buildASTSchema(transformSupergraphToPublicSchema(parse(supergraph)), { assumeValid: true }));

test('both composers produce the same schema, without hints', () => {
  const { guild, apollo } = system.composed;
  assert.deepEqual([guild.hints, apollo.hints], [[], []]);
  assert.equal(printSchema(publicSchema(guild.supergraphSdl)), printSchema(publicSchema(apollo.supergraphSdl)));
});

test('the supergraph keeps @oneOf, and contains neither @asOf nor internal types', () => {
  for (const { supergraphSdl } of Object.values(system.composed)) {
    const schema = publicSchema(supergraphSdl);
    assert.equal(schema.getType('StateBy').isOneOf, true);
    assert.equal(schema.getDirective('asOf'), undefined);
    const names = Object.keys(schema.getTypeMap()).filter((name) => !name.startsWith('__'));
    assert.deepEqual(names.filter((name) => /__|^_|FieldSet/.test(name)), []);
  }
});

test('the subgraph in docs/federation.md composes', () => {
  const guide = readFileSync(new URL('../../docs/federation.md', import.meta.url), 'utf8');
  const typeDefs = parse(/```graphql\n(extend schema[^]*?)```/.exec(guide)[1]);
  const { guild, apollo } = composeBoth([...system.services, { name: 'embassies', url: 'http://127.0.0.1:1', typeDefs }]);
  assert.ok(publicSchema(guild.supergraphSdl).getType('Embassy') && publicSchema(apollo.supergraphSdl).getType('Embassy'));
});

test('a contract without the tag writes has no mutations', () => {
  const filter = { include: new Set(), exclude: new Set(['writes']) };
  const { publicSdl, errors } = composeSchemaContract(system.services, filter, true);
  assert.equal(errors, undefined);
  const schema = buildASTSchema(parse(publicSdl));
  assert.equal(schema.getMutationType(), undefined);
  assert.equal(schema.getType('CommitInput'), undefined);
  assert.ok(schema.getType('Judgement') && schema.getQueryType().getFields().articles);
});

for (const file of readdirSync(new URL('queries', import.meta.url)).filter((name) => name.endsWith('.graphql'))) {
  const name = file.replace('.graphql', '');
  test(`the gateway returns the expected response to ${name}`, async () => {
    const response = await execute(readFileSync(new URL(`queries/${file}`, import.meta.url), 'utf8'));
    const expected = new URL(`queries/${name}.json`, import.meta.url);
    if (process.env.UPDATE) writeFileSync(expected, `${JSON.stringify(response, null, 2)}\n`);
    assert.deepEqual(response, JSON.parse(readFileSync(expected, 'utf8')));
  });
}

test('a field that one subgraph rejects is null, and its error code is passed through', async () => {
  const { data, errors } = await execute('{ article(id: "abc-az-14953") { title mentions { ... on State { ministers(first: -1) { totalCount } } ... on Person { name } } } }');
  assert.deepEqual(data.article.mentions, [{ name: 'Vladimir Putin' }, null, null, null, null, null]);
  assert.deepEqual(errors.map(({ extensions }) => extensions.code), Array(errors.length).fill('BAD_USER_INPUT'));
  assert.ok(errors.every(({ path }) => path.at(-1) === 'ministers'));
});

const write = `mutation($name: String!) {
  commit(input: {message: "through the gateway", changes: [{putTopic: {name: $name}}]}) { transaction { number author } userErrors { code } }
}`;

test('the gateway forwards the token, and Chancery authorizes the request', async () => {
  const variables = { name: 'federation' };
  const anonymous = await execute(write, { variables });
  assert.deepEqual([anonymous.data.commit, anonymous.errors[0].extensions.code], [null, 'FORBIDDEN']);
  const invalid = await execute('{ states { totalCount } }', { token: 'chancery_invalid' });
  assert.equal(invalid.errors[0].extensions.code, 'UNAUTHENTICATED');
  const { data } = await execute(write, { variables, token: system.token('desk', 'editor') });
  assert.deepEqual(data.commit, { transaction: { number: 2, author: 'desk' }, userErrors: [] });
});

const patch = `mutation($id: ID!) {
  commit(input: {message: "described", changes: [{patchState: {id: $id, description: "A state in Central Asia."}}]}) { transaction { number } }
}`;
const follow = `subscription($after: Int!) {
  transactions(after: $after) {
    message
    changes(first: 1) { nodes { record { ... on State { name articles { totalCount } } } } }
  }
}`;

test('a subscription through the gateway includes fields of other subgraphs', async () => {
  const { data: { state } } = await execute('{ state(by: {isoAlpha2: "KG"}) { id } }');
  const { data: { commit } } = await execute(patch, { variables: state, token: system.token('patcher', 'editor') });
  const controller = new AbortController();
  const response = await fetch(system.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: follow, variables: { after: commit.transaction.number - 1 } }),
    signal: controller.signal,
  });
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (/^data: .*\n/m.test(text)) break;
  }
  controller.abort();
  const record = { name: 'Kyrgyzstan', articles: { totalCount: 6 } };
  assert.deepEqual(JSON.parse(/^data: (.*)$/m.exec(text)[1]), {
    data: { transactions: { message: 'described', changes: { nodes: [{ record }] } } },
  });
});

test('start.js starts everything, prints a working command, and stops everything', async () => {
  const child = spawn(process.execPath, ['start.js'], { cwd: here, env: { ...process.env, PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    output += chunk;
    if (output.includes('Ctrl-C')) break;
  }
  const command = /curl[^]*?'\n\n/.exec(output)[0];
  assert.match(execSync(command, { encoding: 'utf8' }), /"name":"Kyrgyzstan","articles":\{"nodes":\[\{"title":"/);
  child.kill('SIGINT');
  assert.deepEqual(await once(child, 'exit'), [0, null]);
  const addresses = new Set(output.match(/http:\S+graphql/g));
  assert.equal(addresses.size, 3);
  for (const url of addresses) await assert.rejects(execute('{ __typename }', { url }), `${url} still responds`);
});

test('start.js reports a port that is in use, and leaves no process running', { timeout: 120_000 }, async () => {
  const child = spawn(process.execPath, ['start.js'], { cwd: here, env: { ...process.env, PORT: new URL(system.url).port }, stdio: ['ignore', 'pipe', 'pipe'] });
  // Its standard error ends only when all child processes have exited.
  const [output, [code]] = await Promise.all([child.stderr.setEncoding('utf8').toArray(), once(child, 'exit')]);
  assert.equal(code, 1);
  assert.match(output.join(''), /^listen EADDRINUSE: .*; choose another port with PORT=…\n$/);
});
