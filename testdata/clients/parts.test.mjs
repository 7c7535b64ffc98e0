import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { CombinedGraphQLErrors, CombinedProtocolErrors } from '@apollo/client/errors';
import { aCommit, follow, numbers, Server, upTo } from './server.mjs';

function connect(server, token = server.token) {
  const asked = [];
  const link = new HttpLink({
    uri: server.url, headers: { authorization: `Bearer ${token}` },
    fetch: async (uri, options) => {
      const answer = await fetch(uri, options);
      asked.push(`${answer.status} ${answer.headers.get('content-type')}`);
      return answer;
    },
  });
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  server.guests.push(() => client.stop());
  return { client, asked };
}

const parts = '200 multipart/mixed;boundary="graphql";subscriptionSpec="1.0"';

// first is what a subscription answers first.
const first = (client, options) => new Promise((resolve, reject) => {
  client.subscribe(options).subscribe({ next: resolve, error: reject });
});

describe('Apollo Client, multipart subscriptions', { concurrency: true }, () => {
  test('a query and a mutation, in JSON, and an error, in parts', async (t) => {
    const server = await Server.start(t);
    const { client, asked } = connect(server);
    assert.deepEqual((await client.query({ query: gql`{ topics { totalCount } }` })).data.topics.totalCount, 0);
    const { data } = await client.mutate({ mutation: gql(aCommit.query) });
    assert.equal(data.commit.transaction.number, 1);
    assert.deepEqual(asked, Array(2).fill('200 application/graphql-response+json; charset=utf-8'));
    const { data: none, error } = await first(client, { query: gql`subscription { nothing }` });
    assert.ok(CombinedGraphQLErrors.is(error), `${error}`);
    assert.deepEqual([none, error.errors[0].extensions, asked[2]], [undefined, { code: 'GRAPHQL_VALIDATION_FAILED' }, parts]);
  });

  test('replay from a number, what is committed meanwhile, and nothing once it is stopped', async (t) => {
    const server = await Server.start(t);
    await server.commit(3);
    const { seen, take } = numbers(1);
    const { client, asked } = connect(server);
    const following = client.subscribe({ query: gql(follow), variables: { after: 1 } }).subscribe({ next: take, error: assert.ifError });
    await server.until('the replay', () => seen.length === 2);
    await server.commit(2);
    await server.until('what was committed', () => seen.length === 4);
    const before = server.answered();
    following.unsubscribe();
    await server.until('the server has let go', () => server.answered() === before + 1);
    await server.commit();
    assert.deepEqual([seen, asked], [[2, 3, 4, 5], [parts]]);
  });

  // A stream without its last delimiter is an error, on which one follows on.
  test('no gap and no repeat across restarts', async (t) => {
    const server = await Server.start(t);
    const { seen, request, take } = numbers(0);
    const { client } = connect(server);
    const broken = [];
    const begin = () => client.subscribe({ query: gql(follow), variables: { ...request.variables } }).subscribe({
      next: ({ data, error }) => {
        if (!error) return take({ data });
        broken.push(error.message);
        setTimeout(begin, 200);
      },
      complete() {},
    });
    begin();
    for (const last of [3, 6]) {
      await server.commit(3);
      await server.until(`the transactions up to ${last}`, () => seen.length >= last);
      await server.stop();
      await server.run();
    }
    await server.commit(2);
    await server.until('the last', () => seen.length >= 8);
    assert.deepEqual(seen, upTo(8));
    assert.ok(broken.includes('premature end of multipart body'), `${broken}`);
  });

  test('who may no longer stay', { timeout: 40_000 }, async (t) => {
    const server = await Server.start(t);
    const { client } = connect(server, server.createToken('guest', 'reader'));
    const end = first(client, { query: gql(follow) });
    await new Promise((resolve) => setTimeout(resolve, 300));
    server.revokeToken('guest');
    const { error } = await end;
    assert.ok(CombinedProtocolErrors.is(error), `${error}`);
    assert.match(error.errors[0].message, /^not authenticated: the token was revoked at /);
    assert.deepEqual(error.errors[0].extensions, { code: 'UNAUTHENTICATED' });
  });
});
