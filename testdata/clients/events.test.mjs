import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createClient } from 'graphql-sse';
import { aCommit, follow, numbers, Server, upTo } from './server.mjs';

function connect(server, options = {}) {
  const client = createClient({
    url: server.url, headers: { authorization: `Bearer ${server.token}` },
    retry: () => new Promise((resolve) => setTimeout(resolve, 100)), retryAttempts: 100,
    ...options,
  });
  server.guests.push(() => client.dispose());
  return client;
}

async function all(client, request) {
  const answers = [];
  for await (const { extensions: _, ...answer } of client.iterate(request)) answers.push(answer); // without what it cost
  return answers;
}

describe('graphql-sse, distinct connections', { concurrency: true }, () => {
  test('a query, a mutation, and an error', async (t) => {
    const server = await Server.start(t);
    const client = connect(server);
    assert.deepEqual(await all(client, { query: '{ __typename }' }), [{ data: { __typename: 'Query' } }]);
    assert.deepEqual(await all(client, aCommit), [{ data: { commit: { transaction: { number: 1 }, userErrors: [] } } }]);
    assert.deepEqual(await all(client, { query: '{ nothing }' }), [{
      errors: [{ message: 'Cannot query field "nothing" on type "Query".', locations: [{ line: 1, column: 3 }], extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    }]);
  });

  test('who has no token is told so once', async (t) => {
    const server = await Server.start(t);
    const client = connect(server, { headers: {}, retryAttempts: 0 });
    const refused = await all(client, { query: follow }).catch((error) => error);
    assert.equal(refused.response.status, 401);
    assert.equal(refused.response.headers.get('content-type'), 'application/json; charset=utf-8');
    assert.equal((await refused.response.json()).errors[0].extensions.code, 'UNAUTHENTICATED');
  });

  test('replay from a number, what is committed meanwhile, and nothing once it is stopped', async (t) => {
    const server = await Server.start(t);
    await server.commit(3);
    const { seen, request, take } = numbers(1);
    const stop = connect(server).subscribe(request, { next: take, error: assert.ifError, complete() {} });
    await server.until('the replay', () => seen.length === 2);
    await server.commit(2);
    await server.until('what was committed', () => seen.length === 4);
    const before = server.answered();
    stop();
    await server.until('the server has let go', () => server.answered() === before + 1);
    await server.commit();
    assert.deepEqual(seen, [2, 3, 4, 5]);
  });

  test('no gap and no repeat across restarts', async (t) => {
    const server = await Server.start(t);
    const { seen, request, take } = numbers(0);
    connect(server).subscribe(request, { next: take, error: assert.ifError, complete() {} });
    for (const last of [3, 6, 9]) {
      await server.commit(3);
      await server.until(`the transactions up to ${last}`, () => seen.length >= last);
      await server.stop();
      await server.run();
    }
    await server.commit(2);
    await server.until('the last', () => seen.length >= 11);
    assert.deepEqual(seen, upTo(11));
  });

  test('who may no longer stay', { timeout: 40_000 }, async (t) => {
    const server = await Server.start(t);
    const token = server.createToken('guest', 'reader');
    const answers = all(connect(server, { headers: { authorization: `Bearer ${token}` } }), { query: follow });
    await new Promise((resolve) => setTimeout(resolve, 300));
    server.revokeToken('guest');
    const [{ errors: [error], ...rest }, ...more] = await answers;
    assert.match(error.message, /^not authenticated: the token was revoked at /);
    assert.deepEqual([error.extensions, rest, more], [{ code: 'UNAUTHENTICATED' }, {}, []]);
  });
});
