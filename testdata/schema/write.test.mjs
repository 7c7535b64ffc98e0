// Mutations, their updaters and the subscription as docs/relay.md shows them, against a
// real server. Each test leaves the graph to the next.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import relay from 'relay-runtime';
import { Server } from '../clients/server.mjs';
import { ask, change, complaints, connect, follow, fragment, stored } from './store.mjs';

const connections = [relay.ConnectionHandler.getConnectionID('root', 'Topics_topics')];

let server, environment;
before(async () => {
  server = await Server.serve();
  environment = connect(server.url, server.token);
  await ask(environment, 'TopicsQuery', {});
});
after(() => server.close());
afterEach(() => assert.deepEqual(complaints, []));

const inList = (slug) => stored(environment, 'TopicsQuery', {}).topics.edges.map(({ node }) => node).filter((t) => t.slug === slug);

const write = (changes, into = connections) => change(environment, 'TopicsWriteMutation', { input: { changes }, connections: into });

test('who brings no token is told so, and the store stays', async () => {
  const changes = [{ putTopic: { slug: 'nobodys', name: "Nobody's" } }];
  const nobody = connect(server.url);
  await assert.rejects(change(nobody, 'TopicsWriteMutation', { input: { changes }, connections: [] }), /editor|token/);
  assert.deepEqual(inList('nobodys'), []);
});

test('what is new is appended, once', async () => {
  const before = stored(environment, 'TopicsQuery', {}).topics.edges.length;
  const { commit } = await write([{ putTopic: { slug: 'glaciers', name: 'Glaciers' } }, { putTopic: { slug: 'rivers', name: 'Rivers' } }]);
  assert.deepEqual(commit.userErrors, []);
  assert.deepEqual(commit.outcomes.map((o) => o.action), ['CREATED', 'CREATED']);
  assert.equal(stored(environment, 'TopicsQuery', {}).topics.edges.length, before + 2);
  assert.deepEqual(inList('rivers').map((t) => [t.name, t.revision]), [['Rivers', 1]]);
  const fresh = connect(server.url);
  await ask(fresh, 'TopicsQuery', {});
  const sorted = (e) => stored(e, 'TopicsQuery', {}).topics.edges.map(({ node }) => node.slug).sort();
  assert.deepEqual(sorted(environment), sorted(fresh));
});

test('what changes is brought up to date where it is shown', async () => {
  const { commit } = await write([{ patchTopic: { id: 'Topic/glaciers', expectedRevision: 1, name: 'Glaciers and snow' } }]);
  assert.deepEqual(commit.userErrors, []);
  assert.deepEqual(inList('glaciers').map((t) => [t.name, t.revision]), [['Glaciers and snow', 2]]);
});

test('what is refused leaves the store as it was', async () => {
  const { commit } = await write([{ patchTopic: { id: 'Topic/glaciers', expectedRevision: 1, name: 'Ice' } }]);
  assert.deepEqual(commit.userErrors.map((e) => [e.path.join('.'), e.code]), [['input.changes.0.patchTopic.expectedRevision', 'CONFLICT']]);
  assert.deepEqual(inList('glaciers').map((t) => t.name), ['Glaciers and snow']);
});

test('what is closed leaves the store, and its list', async () => {
  const [{ id }] = inList('rivers');
  assert.ok(environment.getStore().getSource().get(id).name, 'it is there');
  const { commit } = await change(environment, 'TopicsCloseMutation', { connections, input: { changes: [{ close: { id } }] } });
  assert.deepEqual(commit.userErrors, []);
  assert.deepEqual(inList('rivers'), []);
  assert.equal(environment.getStore().getSource().get(id), null);
});

test('what others write arrives, from the transaction asked for on', async () => {
  const reader = connect(server.url);
  await ask(reader, 'TopicsQuery', {});
  const name = () => stored(reader, 'TopicsQuery', {}).topics.edges.map(({ node }) => node).find((t) => t.slug === 'glaciers').name;
  assert.equal(name(), 'Glaciers and snow');
  const [{ id }] = inList('glaciers');
  const heard = [];
  const until = (n) => Promise.race([
    failed,
    new Promise((resolve) => { const look = () => (heard.length >= n ? resolve() : setTimeout(look, 10)); look(); }),
  ]);
  const failed = follow(reader, 'FeedSubscription', { after: 1, touching: { entities: [id] } }, ({ transactions }) => {
    heard.push([transactions.author, ...transactions.changes.edges.map((e) => e.node.action)]);
  });
  await until(2); // those of the tests above
  const { commit } = await write([{ patchTopic: { id, name: 'Ice' } }]);
  assert.deepEqual(commit.userErrors, []);
  await until(3);
  assert.deepEqual(heard, [['writer', 'CREATED', 'CREATED'], ['writer', 'CHANGED'], ['writer', 'CHANGED']]);
  assert.equal(name(), 'Ice');
});

test('the past is asked for in an environment of its own', async () => {
  const then = connect(server.url);
  const old = await ask(then, 'ThenQuery', { slug: 'glaciers', knownAt: 2 });
  assert.deepEqual(old.topic, { name: 'Glaciers', revision: 1 });
  assert.deepEqual(inList('glaciers').map((t) => t.name), ['Ice']);
  assert.equal((await ask(then, 'ThenQuery', { slug: 'glaciers', knownAt: 1 })).topic, null);
});

test('a judgement makes two records one, and its undoing two again', async () => {
  const page = { slug: 'elmar-mammadyarov', first: 500 };
  const shown = () => fragment(environment, 'Minister_meetings', stored(environment, 'MinisterQuery', page).person).meetings;
  const counts = () => [shown().totalCount, shown().edges.length];
  const { person } = await ask(environment, 'MinisterQuery', page);
  const [alone] = counts();
  const evidence = { source: 'Source/trend-2020-04-27-call' };
  const meeting = { kind: 'MEETING', name: 'A meeting', date: '2020-05-01', evidence, participants: [{ participant: '_:other' }] };
  const { commit } = await write([{ putPerson: { ref: '_:other', slug: 'e-mammadyarov', name: 'E. Mammadyarov' } }, { recordEvent: meeting }], []);
  assert.deepEqual(commit.userErrors, []);
  assert.deepEqual(counts(), [alone, alone]);

  const input = { a: person.__id, b: 'Person/e-mammadyarov', verdict: 'SAME', reasons: ['One was abbreviated'] };
  const { judge } = await change(environment, 'IdentityJudgeMutation', { input, first: 500 });
  assert.deepEqual(judge.userErrors, []);
  assert.deepEqual([judge.entity.id, judge.entity.mergedFrom], [person.__id, [{ slug: 'e-mammadyarov' }]]);
  assert.deepEqual(counts(), [alone + 1, alone + 1]);
  const elsewhere = connect(server.url);
  const { node } = await ask(elsewhere, 'MinisterMeetingsQuery', { id: commit.outcomes[0].node.id, first: 500 });
  assert.equal(node.__id, person.__id, 'its old id leads to the one that it is held to be');
  assert.equal(fragment(elsewhere, 'Minister_meetings', node).meetings.edges.length, alone + 1);

  const judgement = judge.judgement.id;
  const { undoJudgement } = await change(environment, 'IdentityUndoMutation', { input: { judgement }, first: 500 });
  assert.deepEqual([undoJudgement.userErrors, undoJudgement.entity.mergedFrom], [[], []]);
  assert.deepEqual(counts(), [alone, alone]);
  assert.equal(environment.getStore().getSource().get(judgement), null);
});
