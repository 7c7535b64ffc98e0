// Tests the mutations, updaters and the subscription of docs/relay.md with a real server. Each
// test continues with the graph of the previous one.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import relay from 'relay-runtime';
import { Server } from '../clients/server.mjs';
import { connect, fragment, mutate, query, stored, subscribe, warnings } from './relay.mjs';

const connections = [relay.ConnectionHandler.getConnectionID('root', 'Topics_topics')];

let server, environment;
before(async () => {
  server = await Server.serve();
  environment = connect(server.url, server.token);
  await query(environment, 'TopicsQuery', {});
});
after(() => server.close());
afterEach(() => assert.deepEqual(warnings, []));

const inList = (slug) => stored(environment, 'TopicsQuery', {}).topics.edges.map(({ node }) => node).filter((t) => t.slug === slug);

const write = (changes, into = connections) => mutate(environment, 'TopicsWriteMutation', { input: { changes }, connections: into });

test('a mutation without a token fails and leaves the store unchanged', async () => {
  const changes = [{ putTopic: { slug: 'anonymous', name: 'Anonymous' } }];
  const anonymous = connect(server.url);
  await assert.rejects(mutate(anonymous, 'TopicsWriteMutation', { input: { changes }, connections: [] }), /editor|token/);
  assert.deepEqual(inList('anonymous'), []);
});

test('new records are appended to the connection once', async () => {
  const before = stored(environment, 'TopicsQuery', {}).topics.edges.length;
  const { commit } = await write([{ putTopic: { slug: 'glaciers', name: 'Glaciers' } }, { putTopic: { slug: 'rivers', name: 'Rivers' } }]);
  assert.deepEqual(commit.userErrors, []);
  assert.deepEqual(commit.outcomes.map((o) => o.action), ['CREATED', 'CREATED']);
  assert.equal(stored(environment, 'TopicsQuery', {}).topics.edges.length, before + 2);
  assert.deepEqual(inList('rivers').map((t) => [t.name, t.revision]), [['Rivers', 1]]);
  const fresh = connect(server.url);
  await query(fresh, 'TopicsQuery', {});
  const sorted = (e) => stored(e, 'TopicsQuery', {}).topics.edges.map(({ node }) => node.slug).sort();
  assert.deepEqual(sorted(environment), sorted(fresh));
});

test('changed records are updated in the connection', async () => {
  const { commit } = await write([{ patchTopic: { id: 'Topic/glaciers', expectedRevision: 1, name: 'Glaciers and snow' } }]);
  assert.deepEqual(commit.userErrors, []);
  assert.deepEqual(inList('glaciers').map((t) => [t.name, t.revision]), [['Glaciers and snow', 2]]);
});

test('a rejected change leaves the store unchanged', async () => {
  const { commit } = await write([{ patchTopic: { id: 'Topic/glaciers', expectedRevision: 1, name: 'Ice' } }]);
  assert.deepEqual(commit.userErrors.map((e) => [e.path.join('.'), e.code]), [['input.changes.0.patchTopic.expectedRevision', 'CONFLICT']]);
  assert.deepEqual(inList('glaciers').map((t) => t.name), ['Glaciers and snow']);
});

test('a withdrawn record is removed from the store and its connection', async () => {
  const [{ id }] = inList('rivers');
  assert.ok(environment.getStore().getSource().get(id).name, 'the record is in the store');
  const { commit } = await mutate(environment, 'TopicsCloseMutation', { connections, input: { changes: [{ close: { id } }] } });
  assert.deepEqual(commit.userErrors, []);
  assert.deepEqual(inList('rivers'), []);
  assert.equal(environment.getStore().getSource().get(id), null);
});

test('the subscription delivers writes after the requested transaction', async () => {
  const reader = connect(server.url);
  await query(reader, 'TopicsQuery', {});
  const name = () => stored(reader, 'TopicsQuery', {}).topics.edges.map(({ node }) => node).find((t) => t.slug === 'glaciers').name;
  assert.equal(name(), 'Glaciers and snow');
  const [{ id }] = inList('glaciers');
  const received = [];
  const until = (n) => Promise.race([
    failure,
    new Promise((resolve) => { const poll = () => (received.length >= n ? resolve() : setTimeout(poll, 10)); poll(); }),
  ]);
  const failure = subscribe(reader, 'FeedSubscription', { after: 1, touching: { entities: [id] } }, ({ transactions }) => {
    received.push([transactions.author, ...transactions.changes.edges.map((e) => e.node.action)]);
  });
  await until(2); // the transactions of the tests above
  const { commit } = await write([{ patchTopic: { id, name: 'Ice' } }]);
  assert.deepEqual(commit.userErrors, []);
  await until(3);
  assert.deepEqual(received, [['writer', 'CREATED', 'CREATED'], ['writer', 'CHANGED'], ['writer', 'CHANGED']]);
  assert.equal(name(), 'Ice');
});

test('a query of a past state in another environment leaves the store unchanged', async () => {
  const past = connect(server.url);
  const old = await query(past, 'ThenQuery', { slug: 'glaciers', knownAt: 2 });
  assert.deepEqual(old.topic, { name: 'Glaciers', revision: 1 });
  assert.deepEqual(inList('glaciers').map((t) => t.name), ['Ice']);
  assert.equal((await query(past, 'ThenQuery', { slug: 'glaciers', knownAt: 1 })).topic, null);
});

test('a judgement merges two records in the store, and undoing it separates them', async () => {
  const page = { slug: 'elmar-mammadyarov', first: 500 };
  const displayed = () => fragment(environment, 'Minister_meetings', stored(environment, 'MinisterQuery', page).person).meetings;
  const counts = () => [displayed().totalCount, displayed().edges.length];
  const { person } = await query(environment, 'MinisterQuery', page);
  const [separate] = counts();
  const evidence = { source: 'Source/trend-2020-04-27-call' };
  const meeting = { kind: 'MEETING', name: 'A meeting', date: '2020-05-01', evidence, participants: [{ participant: '_:other' }] };
  const { commit } = await write([{ putPerson: { ref: '_:other', slug: 'e-mammadyarov', name: 'E. Mammadyarov' } }, { recordEvent: meeting }], []);
  assert.deepEqual(commit.userErrors, []);
  assert.deepEqual(counts(), [separate, separate]);

  const input = { a: person.__id, b: 'Person/e-mammadyarov', verdict: 'SAME', reasons: ['One was abbreviated'] };
  const { judge } = await mutate(environment, 'IdentityJudgeMutation', { input, first: 500 });
  assert.deepEqual(judge.userErrors, []);
  assert.deepEqual([judge.entity.id, judge.entity.mergedFrom], [person.__id, [{ slug: 'e-mammadyarov' }]]);
  assert.deepEqual(counts(), [separate + 1, separate + 1]);
  const other = connect(server.url);
  const { node } = await query(other, 'MinisterMeetingsQuery', { id: commit.outcomes[0].node.id, first: 500 });
  assert.equal(node.__id, person.__id, 'the id of the merged record resolves to the canonical one');
  assert.equal(fragment(other, 'Minister_meetings', node).meetings.edges.length, separate + 1);

  const judgement = judge.judgement.id;
  const { undoJudgement } = await mutate(environment, 'IdentityUndoMutation', { input: { judgement }, first: 500 });
  assert.deepEqual([undoJudgement.userErrors, undoJudgement.entity.mergedFrom], [[], []]);
  assert.deepEqual(counts(), [separate, separate]);
  assert.equal(environment.getStore().getSource().get(judgement), null);
});
