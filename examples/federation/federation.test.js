import assert from 'node:assert/strict';
import { execSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as guild from '@theguild/federation-composition';
import { buildASTSchema, lexicographicSortSchema, parse, printSchema } from 'graphql';
import { composeBoth } from './compose.js';
import { startAll } from './system.js';

const here = fileURLToPath(new URL('.', import.meta.url));
let system;
before(async () => { system = await startAll(); });
after(() => system?.stop());

async function ask(query, { variables, token, url = system.url } = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

// What clients of a gateway are shown of a supergraph.
const shown = (supergraph) =>
  lexicographicSortSchema(buildASTSchema(guild.transformSupergraphToPublicSchema(parse(supergraph)), { assumeValid: true }));

test('both composers make the same of both subgraphs, and have nothing to remark', () => {
  const { guild: one, apollo: other } = system.composed;
  assert.deepEqual([one.hints, other.hints], [[], []]);
  assert.equal(printSchema(shown(one.supergraphSdl)), printSchema(shown(other.supergraphSdl)));
});

test('what is composed keeps @oneOf and has neither @asOf nor what is not of the API', () => {
  for (const { supergraphSdl } of Object.values(system.composed)) {
    const schema = shown(supergraphSdl);
    assert.equal(schema.getType('StateBy').isOneOf, true);
    assert.equal(schema.getDirective('asOf'), undefined);
    const names = Object.keys(schema.getTypeMap()).filter((name) => !name.startsWith('__'));
    assert.deepEqual(names.filter((name) => /__|^_|FieldSet/.test(name)), []);
  }
});

test('the subgraph of the guide composes too', () => {
  const guide = readFileSync(new URL('../../docs/federation.md', import.meta.url), 'utf8');
  const typeDefs = parse(/```graphql\n(extend schema[^]*?)```/.exec(guide)[1]);
  const { guild: one, apollo: other } = composeBoth([...system.services, { name: 'embassies', url: 'http://127.0.0.1:1', typeDefs }]);
  assert.ok(shown(one.supergraphSdl).getType('Embassy') && shown(other.supergraphSdl).getType('Embassy'));
});

test('a contract for readers leaves out all that writes', () => {
  const filter = { include: new Set(), exclude: new Set(['writes']) };
  const { publicSdl, errors } = guild.composeSchemaContract(system.services, filter, true);
  assert.equal(errors, undefined);
  const schema = buildASTSchema(parse(publicSdl));
  assert.equal(schema.getMutationType(), undefined);
  assert.equal(schema.getType('CommitInput'), undefined);
  assert.ok(schema.getType('Judgement') && schema.getQueryType().getFields().articles);
});

for (const file of readdirSync(new URL('queries', import.meta.url)).filter((name) => name.endsWith('.graphql'))) {
  const name = file.replace('.graphql', '');
  test(`the gateway answers: ${name}`, async () => {
    const answer = await ask(readFileSync(new URL(`queries/${file}`, import.meta.url), 'utf8'));
    const expected = new URL(`queries/${name}.json`, import.meta.url);
    if (process.env.UPDATE) writeFileSync(expected, `${JSON.stringify(answer, null, 2)}\n`);
    assert.deepEqual(answer, JSON.parse(readFileSync(expected, 'utf8')));
  });
}

test('what one subgraph refuses is null at its place, and told with its code', async () => {
  const { data, errors } = await ask('{ article(id: "abc-az-14953") { title mentions { ... on State { ministers(first: -1) { totalCount } } ... on Person { name } } } }');
  assert.deepEqual(data.article.mentions, [{ name: 'Vladimir Putin' }, null, null, null, null, null]);
  assert.deepEqual(errors.map(({ extensions }) => extensions.code), Array(errors.length).fill('BAD_USER_INPUT'));
  assert.ok(errors.every(({ path }) => path.at(-1) === 'ministers'));
});

const write = `mutation($name: String!) {
  commit(input: {message: "by way of the gateway", changes: [{putTopic: {name: $name}}]}) { transaction { number author } userErrors { code } }
}`;

test('who asks is told to Chancery, which decides', async () => {
  const variables = { name: 'federation' };
  const stranger = await ask(write, { variables });
  assert.deepEqual([stranger.data.commit, stranger.errors[0].extensions.code], [null, 'FORBIDDEN']);
  const impostor = await ask('{ states { totalCount } }', { token: 'chancery_nothing' });
  assert.equal(impostor.errors[0].extensions.code, 'UNAUTHENTICATED');
  const { data } = await ask(write, { variables, token: system.token('desk', 'editor') });
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

test('transactions are followed through the gateway, with what others say of what they touched', async () => {
  const { data: { state } } = await ask('{ state(by: {isoAlpha2: "KG"}) { id } }');
  const { data: { commit } } = await ask(patch, { variables: state, token: system.token('patcher', 'editor') });
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

test('one command starts all, says what to ask, and stops all', async () => {
  const child = spawn(process.execPath, ['start.js'], { cwd: here, env: { ...process.env, PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    said += chunk;
    if (said.includes('Ctrl-C')) break;
  }
  const command = /curl[^]*?'\n\n/.exec(said)[0];
  assert.match(execSync(command, { encoding: 'utf8' }), /"name":"Kyrgyzstan","articles":\{"nodes":\[\{"title":"/);
  child.kill('SIGINT');
  assert.deepEqual(await once(child, 'exit'), [0, null]);
  const addresses = new Set(said.match(/http:\S+graphql/g));
  assert.equal(addresses.size, 3);
  for (const url of addresses) await assert.rejects(ask('{ __typename }', { url }), `${url} still answers`);
});

test('a port that is taken is told, and nothing is left running', { timeout: 120_000 }, async () => {
  const child = spawn(process.execPath, ['start.js'], { cwd: here, env: { ...process.env, PORT: new URL(system.url).port }, stdio: ['ignore', 'pipe', 'pipe'] });
  // Its standard error ends when all that it started has ended too.
  const [said, [code]] = await Promise.all([child.stderr.setEncoding('utf8').toArray(), once(child, 'exit')]);
  assert.equal(code, 1);
  assert.match(said.join(''), /^listen EADDRINUSE: .*; choose another port with PORT=…\n$/);
});
