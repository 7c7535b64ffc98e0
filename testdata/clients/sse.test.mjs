import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createClient } from 'graphql-sse';
import { commitMutation, follow, followFrom, Server, upTo } from './server.mjs';

function connect(server, options = {}) {
  const client = createClient({
    url: server.url, headers: { authorization: `Bearer ${server.token}` },
    retry: () => new Promise((resolve) => setTimeout(resolve, 100)), retryAttempts: 100,
    ...options,
  });
  server.disconnects.push(() => client.dispose());
  return client;
}

// Returns all responses of an operation, without their extensions.
async function responsesOf(client, request) {
  const responses = [];
  for await (const { extensions: _, ...response } of client.iterate(request)) responses.push(response);
  return responses;
}

describe('graphql-sse, distinct connections', { concurrency: true }, () => {
  test('receives data and errors', async (t) => {
    const server = await Server.start(t);
    const client = connect(server);
    assert.deepEqual(await responsesOf(client, { query: '{ __typename }' }), [{ data: { __typename: 'Query' } }]);
    assert.deepEqual(await responsesOf(client, commitMutation), [{ data: { commit: { transaction: { number: 1 }, userErrors: [] } } }]);
    assert.deepEqual(await responsesOf(client, { query: '{ nothing }' }), [{
      errors: [{ message: 'Cannot query field "nothing" on type "Query".', locations: [{ line: 1, column: 3 }], extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    }]);
  });

  test('gets a JSON response with status 401 without a token', async (t) => {
    const server = await Server.start(t);
    const client = connect(server, { headers: {}, retryAttempts: 0 });
    const { response } = await responsesOf(client, { query: follow }).catch((error) => error);
    assert.equal(response.status, 401);
    assert.equal(response.headers.get('content-type'), 'application/json; charset=utf-8');
    assert.equal((await response.json()).errors[0].extensions.code, 'UNAUTHENTICATED');
  });

  test('receives past and new transactions until it unsubscribes', async (t) => {
    const server = await Server.start(t);
    await server.commit(3);
    const { received, request, next } = followFrom(1);
    const unsubscribe = connect(server).subscribe(request, { next, error: assert.ifError, complete() {} });
    await server.until('the past transactions arrive', () => received.length === 2);
    await server.commit(2);
    await server.until('the new transactions arrive', () => received.length === 4);
    const before = server.finishedRequests();
    unsubscribe();
    await server.until('the server ends the stream', () => server.finishedRequests() === before + 1);
    await server.commit();
    assert.deepEqual(received, [2, 3, 4, 5]);
  });

  test('receives each transaction exactly once across restarts of the server', async (t) => {
    const server = await Server.start(t);
    const { received, request, next } = followFrom(0);
    connect(server).subscribe(request, { next, error: assert.ifError, complete() {} });
    for (const last of [3, 6, 9]) {
      await server.commit(3);
      await server.until(`the transactions up to ${last} arrive`, () => received.length >= last);
      await server.stop();
      await server.run();
    }
    await server.commit(2);
    await server.until('the last transactions arrive', () => received.length >= 11);
    assert.deepEqual(received, upTo(11));
  });

  test('gets an error when its token is revoked', { timeout: 40_000 }, async (t) => {
    const server = await Server.start(t);
    const token = server.createToken('guest', 'reader');
    const responses = responsesOf(connect(server, { headers: { authorization: `Bearer ${token}` } }), { query: follow });
    await new Promise((resolve) => setTimeout(resolve, 300));
    server.revokeToken('guest');
    const [{ errors: [error], ...rest }, ...more] = await responses;
    assert.match(error.message, /^not authenticated: the token was revoked at /);
    assert.deepEqual([error.extensions, rest, more], [{ code: 'UNAUTHENTICATED' }, {}, []]);
  });
});
