import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { aCommit, follow, numbers, Server, upTo } from './server.mjs';

const url = (server) => server.url.replace('http', 'ws');

function connect(server, options = {}) {
  const client = createClient({
    url: url(server), webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${server.token}` },
    retryWait: () => new Promise((resolve) => setTimeout(resolve, 100)), retryAttempts: 100,
    ...options,
  });
  server.guests.push(() => client.dispose());
  return client;
}

// all is what an operation answers until it ends, and how it ends.
const all = (client, request) => new Promise((resolve) => {
  const answers = [];
  client.subscribe(request, {
    next: ({ extensions: _, ...answer }) => answers.push(answer), // without what it cost
    error: (error) => resolve({ answers, error }),
    complete: () => resolve({ answers }),
  });
});

// raw is a socket that says what it is told to, and how it was closed.
function raw(server, protocol = 'graphql-transport-ws') {
  const socket = new WebSocket(url(server), protocol);
  server.guests.push(() => socket.terminate());
  const closed = once(socket, 'close').then(([code, reason]) => `${code} ${reason}`);
  const messages = [];
  socket.on('message', (text) => messages.push(JSON.parse(text)));
  const say = async (...texts) => {
    if (socket.readyState === WebSocket.CONNECTING) await once(socket, 'open');
    for (const text of texts) socket.send(typeof text === 'string' ? text : JSON.stringify(text));
  };
  return { socket, closed, messages, say };
}

const begin = (token) => ({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
const subscribe = (id) => ({ type: 'subscribe', id, payload: { query: follow } });

describe('graphql-ws', { concurrency: true }, () => {
  test('a query, a mutation by who the token within is of, and an error', async (t) => {
    const server = await Server.start(t);
    const client = connect(server);
    assert.deepEqual(await all(client, { query: '{ __typename }' }), { answers: [{ data: { __typename: 'Query' } }] });
    assert.deepEqual(await all(client, aCommit), { answers: [{ data: { commit: { transaction: { number: 1 }, userErrors: [] } } }] });
    assert.deepEqual(await all(client, { query: '{ nothing }' }), {
      answers: [],
      error: [{ message: 'Cannot query field "nothing" on type "Query".', locations: [{ line: 1, column: 3 }], extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
    const { answers, error } = await all(connect(server, { connectionParams: { Authorization: `bearer ${server.createToken('reads', 'reader')}` } }), aCommit);
    assert.equal(error, undefined);
    assert.equal(answers[0].errors[0].extensions.code, 'FORBIDDEN');
  });

  test('replay from a number, and what is committed meanwhile', async (t) => {
    const server = await Server.start(t);
    await server.commit(3);
    const { seen, request, take } = numbers(1);
    const stop = connect(server).subscribe(request, { next: take, error: assert.ifError, complete() {} });
    await server.until('the replay', () => seen.length === 2);
    await server.commit(2);
    await server.until('what was committed', () => seen.length === 4);
    stop();
    await server.commit();
    assert.deepEqual(seen, [2, 3, 4, 5]);
  });

  test('no gap and no repeat across restarts', async (t) => {
    const server = await Server.start(t);
    const { seen, request, take } = numbers(0);
    const going = [];
    // Who comes while nobody listens is told so by an error, not by a close code.
    const client = connect(server, { shouldRetry: () => true, on: { closed: ({ code, reason }) => going.push(`${code} ${reason}`) } });
    client.subscribe(request, { next: take, error: assert.ifError, complete() {} });
    for (const last of [3, 6, 9]) {
      await server.commit(3);
      await server.until(`the transactions up to ${last}`, () => seen.length >= last);
      await server.stop();
      await server.run();
    }
    await server.commit(2);
    await server.until('the last', () => seen.length >= 11);
    assert.deepEqual(seen, upTo(11));
    assert.deepEqual(going.filter((why) => why.startsWith('1001 ')), Array(3).fill('1001 Server is going away'));
  });

  test('pings both ways', { timeout: 30_000 }, async (t) => {
    const server = await Server.start(t);
    let pongs = 0;
    const client = connect(server, { keepAlive: 100, lazy: false, on: { pong: (received) => { pongs += received ? 1 : 0; } } });
    const { socket, say } = raw(server);
    await say(begin(server.token));
    await once(socket, 'ping'); // of the server, within 15 s
    assert.ok(pongs > 10, `${pongs} pongs`);
    await client.dispose();
  });

  test('as many operations as may, and who stops one may begin another', async (t) => {
    const server = await Server.start(t);
    const client = connect(server, { lazy: false });
    const nothing = { next: assert.fail, error: assert.fail, complete() {} };
    for (let round = 0; round < 3; round++) {
      const stops = upTo(100).map(() => client.subscribe({ query: follow }, nothing));
      await new Promise((resolve) => setTimeout(resolve, 300));
      const { error } = await all(client, { query: '{ __typename }' });
      assert.deepEqual(error, [{ message: '100 operations run on this socket, as many as may; complete one first', extensions: { code: 'TOO_MANY_OPERATIONS' } }]);
      for (const stop of stops) stop();
      await new Promise((resolve) => setTimeout(resolve, 300));
      assert.deepEqual(await all(client, { query: '{ __typename }' }), { answers: [{ data: { __typename: 'Query' } }] });
    }
  });

  test('who may no longer stay', { timeout: 40_000 }, async (t) => {
    const server = await Server.start(t);
    const token = server.createToken('guest', 'reader');
    const client = connect(server, { connectionParams: { authorization: `Bearer ${token}` }, retryAttempts: 0 });
    const end = all(client, { query: follow });
    await new Promise((resolve) => setTimeout(resolve, 300));
    server.revokeToken('guest');
    const { error } = await end;
    assert.equal(error.code, 4403);
    assert.match(error.reason, /^Forbidden: not authenticated: the token was revoked at /);
    const { error: again } = await all(client, { query: follow });
    assert.equal(`${again.code} ${again.reason}`, '4403 Forbidden');
  });

  test('close codes', { timeout: 30_000 }, async (t) => {
    const server = await Server.start(t);
    for (const [want, ...says] of [
      ['4400 Invalid message received: not a message in JSON', 'what?'],
      ['4400 Invalid message received: there is no such type for clients', { type: 'start', id: '1' }],
      ['4400 Invalid message received: it has no id', begin(server.token), { type: 'subscribe', payload: { query: '{ __typename }' } }],
      ['4401 Unauthorized', subscribe('1')],
      ['4403 Forbidden', begin(`${server.token}x`)],
      ['4403 Forbidden', { type: 'connection_init' }],
      ['4409 Subscriber for 1 already exists', begin(server.token), subscribe('1'), subscribe('1')],
      ['4429 Too many initialisation requests', begin(server.token), begin(server.token)],
      ['1009 ', begin('x'.repeat(2 << 20))],
      ['4408 Connection initialisation timeout'], // after 10 s
    ]) {
      const { closed, say } = raw(server);
      await say(...says);
      assert.ok((await closed).startsWith(want), `${await closed}, want ${want}`);
    }
    assert.equal(await raw(server, []).closed, '4406 Subprotocol not acceptable');
  });
});
