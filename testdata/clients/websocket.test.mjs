import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { commitMutation, follow, followFrom, Server, upTo } from './server.mjs';

const url = (server) => server.url.replace('http', 'ws');

function connect(server, options = {}) {
  const client = createClient({
    url: url(server), webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${server.token}` },
    retryWait: () => new Promise((resolve) => setTimeout(resolve, 100)), retryAttempts: 100,
    ...options,
  });
  server.disconnects.push(() => client.dispose());
  return client;
}

// Returns the responses of an operation, without their extensions, and its error if it fails.
const outcomeOf = (client, request) => new Promise((resolve) => {
  const responses = [];
  client.subscribe(request, {
    next: ({ extensions: _, ...response }) => responses.push(response),
    error: (error) => resolve({ responses, error }),
    complete: () => resolve({ responses }),
  });
});

// Opens a socket on which a test sends messages of its own; closed resolves to the close code
// and reason.
function openSocket(server, protocol = 'graphql-transport-ws') {
  const socket = new WebSocket(url(server), protocol);
  server.disconnects.push(() => socket.terminate());
  const closed = once(socket, 'close').then(([code, reason]) => `${code} ${reason}`);
  const messages = [];
  socket.on('message', (text) => messages.push(JSON.parse(text)));
  const send = async (...texts) => {
    if (socket.readyState === WebSocket.CONNECTING) await once(socket, 'open');
    for (const text of texts) socket.send(typeof text === 'string' ? text : JSON.stringify(text));
  };
  return { socket, closed, messages, send };
}

const init = (token) => ({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
const subscribe = (id) => ({ type: 'subscribe', id, payload: { query: follow } });

describe('graphql-ws', { concurrency: true }, () => {
  test('receives data and errors, with the rights of the token in connection_init', async (t) => {
    const server = await Server.start(t);
    const client = connect(server);
    assert.deepEqual(await outcomeOf(client, { query: '{ __typename }' }), { responses: [{ data: { __typename: 'Query' } }] });
    assert.deepEqual(await outcomeOf(client, commitMutation), { responses: [{ data: { commit: { transaction: { number: 1 }, userErrors: [] } } }] });
    assert.deepEqual(await outcomeOf(client, { query: '{ nothing }' }), {
      responses: [],
      error: [{ message: 'Cannot query field "nothing" on type "Query".', locations: [{ line: 1, column: 3 }], extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
    const { responses, error } = await outcomeOf(connect(server, { connectionParams: { Authorization: `bearer ${server.createToken('reader', 'reader')}` } }), commitMutation);
    assert.equal(error, undefined);
    assert.equal(responses[0].errors[0].extensions.code, 'FORBIDDEN');
  });

  test('receives past and new transactions until it unsubscribes', async (t) => {
    const server = await Server.start(t);
    await server.commit(3);
    const { received, request, next } = followFrom(1);
    const unsubscribe = connect(server).subscribe(request, { next, error: assert.ifError, complete() {} });
    await server.until('the past transactions arrive', () => received.length === 2);
    await server.commit(2);
    await server.until('the new transactions arrive', () => received.length === 4);
    unsubscribe();
    await server.commit();
    assert.deepEqual(received, [2, 3, 4, 5]);
  });

  test('receives each transaction exactly once across restarts of the server', async (t) => {
    const server = await Server.start(t);
    const { received, request, next } = followFrom(0);
    const closes = [];
    // A connection attempt while the server is down fails with an error, not with a close code.
    const client = connect(server, { shouldRetry: () => true, on: { closed: ({ code, reason }) => closes.push(`${code} ${reason}`) } });
    client.subscribe(request, { next, error: assert.ifError, complete() {} });
    for (const last of [3, 6, 9]) {
      await server.commit(3);
      await server.until(`the transactions up to ${last} arrive`, () => received.length >= last);
      await server.stop();
      await server.run();
    }
    await server.commit(2);
    await server.until('the last transactions arrive', () => received.length >= 11);
    assert.deepEqual(received, upTo(11));
    assert.deepEqual(closes.filter((close) => close.startsWith('1001 ')), Array(3).fill('1001 Server is going away'));
  });

  test('answers pings, and is pinged by the server', { timeout: 30_000 }, async (t) => {
    const server = await Server.start(t);
    let pongs = 0;
    const client = connect(server, { keepAlive: 100, lazy: false, on: { pong: (received) => { pongs += received ? 1 : 0; } } });
    const { socket, send } = openSocket(server);
    await send(init(server.token));
    await once(socket, 'ping'); // from the server, within 15 s
    assert.ok(pongs > 10, `${pongs} pongs`);
    await client.dispose();
  });

  test('runs 100 operations on one socket, and more once some are stopped', async (t) => {
    const server = await Server.start(t);
    const client = connect(server, { lazy: false });
    const failOnResponse = { next: assert.fail, error: assert.fail, complete() {} };
    for (let round = 0; round < 3; round++) {
      const unsubscribes = upTo(100).map(() => client.subscribe({ query: follow }, failOnResponse));
      await new Promise((resolve) => setTimeout(resolve, 300));
      const { error } = await outcomeOf(client, { query: '{ __typename }' });
      assert.deepEqual(error, [{ message: '100 operations run on this socket, which is the limit; complete one first', extensions: { code: 'TOO_MANY_OPERATIONS' } }]);
      for (const unsubscribe of unsubscribes) unsubscribe();
      await new Promise((resolve) => setTimeout(resolve, 300));
      assert.deepEqual(await outcomeOf(client, { query: '{ __typename }' }), { responses: [{ data: { __typename: 'Query' } }] });
    }
  });

  test('is closed with 4403 when its token is revoked', { timeout: 40_000 }, async (t) => {
    const server = await Server.start(t);
    const token = server.createToken('guest', 'reader');
    const client = connect(server, { connectionParams: { authorization: `Bearer ${token}` }, retryAttempts: 0 });
    const ending = outcomeOf(client, { query: follow });
    await new Promise((resolve) => setTimeout(resolve, 300));
    server.revokeToken('guest');
    const { error } = await ending;
    assert.equal(error.code, 4403);
    assert.match(error.reason, /^Forbidden: not authenticated: the token was revoked at /);
    const { error: again } = await outcomeOf(client, { query: follow });
    assert.equal(`${again.code} ${again.reason}`, '4403 Forbidden');
  });

  test('is closed with the code of the protocol violation', { timeout: 30_000 }, async (t) => {
    const server = await Server.start(t);
    for (const [want, ...texts] of [
      ['4400 Invalid message received: not a JSON object', 'what?'],
      ['4400 Invalid message received: unknown type, or one that only servers send', { type: 'start', id: '1' }],
      ['4400 Invalid message received: the id is missing', init(server.token), { type: 'subscribe', payload: { query: '{ __typename }' } }],
      ['4401 Unauthorized', subscribe('1')],
      ['4403 Forbidden', init(`${server.token}x`)],
      ['4403 Forbidden', { type: 'connection_init' }],
      ['4409 Subscriber for 1 already exists', init(server.token), subscribe('1'), subscribe('1')],
      ['4429 Too many initialisation requests', init(server.token), init(server.token)],
      ['1009 ', init('x'.repeat(2 << 20))],
      ['4408 Connection initialisation timeout'], // after 10 s
    ]) {
      const { closed, send } = openSocket(server);
      await send(...texts);
      assert.ok((await closed).startsWith(want), `${await closed}, want ${want}`);
    }
    assert.equal(await openSocket(server, []).closed, '4406 Subprotocol not acceptable');
  });
});
