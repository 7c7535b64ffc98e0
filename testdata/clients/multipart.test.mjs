import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { CombinedGraphQLErrors, CombinedProtocolErrors } from '@apollo/client/errors';
import { commitMutation, follow, followFrom, Server, upTo } from './server.mjs';

function connect(server, token = server.token) {
  const responses = []; // the status and media type of each
  const link = new HttpLink({
    uri: server.url, headers: { authorization: `Bearer ${token}` },
    fetch: async (uri, options) => {
      const response = await fetch(uri, options);
      responses.push(`${response.status} ${response.headers.get('content-type')}`);
      return response;
    },
  });
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  server.disconnects.push(() => client.stop());
  return { client, responses };
}

const multipart = '200 multipart/mixed;boundary="graphql";subscriptionSpec="1.0"';

// Returns the first response of a subscription.
const firstResponse = (client, options) => new Promise((resolve, reject) => {
  client.subscribe(options).subscribe({ next: resolve, error: reject });
});

describe('Apollo Client, multipart subscriptions', { concurrency: true }, () => {
  test('receives queries and mutations as JSON, and errors of subscriptions as multipart', async (t) => {
    const server = await Server.start(t);
    const { client, responses } = connect(server);
    assert.deepEqual((await client.query({ query: gql`{ topics { totalCount } }` })).data.topics.totalCount, 0);
    const { data } = await client.mutate({ mutation: gql(commitMutation.query) });
    assert.equal(data.commit.transaction.number, 1);
    assert.deepEqual(responses, Array(2).fill('200 application/graphql-response+json; charset=utf-8'));
    const { data: none, error } = await firstResponse(client, { query: gql`subscription { nothing }` });
    assert.ok(CombinedGraphQLErrors.is(error), `${error}`);
    assert.deepEqual([none, error.errors[0].extensions, responses[2]], [undefined, { code: 'GRAPHQL_VALIDATION_FAILED' }, multipart]);
  });

  test('receives past and new transactions until it unsubscribes', async (t) => {
    const server = await Server.start(t);
    await server.commit(3);
    const { received, next } = followFrom(1);
    const { client, responses } = connect(server);
    const subscription = client.subscribe({ query: gql(follow), variables: { after: 1 } }).subscribe({ next, error: assert.ifError });
    await server.until('the past transactions arrive', () => received.length === 2);
    await server.commit(2);
    await server.until('the new transactions arrive', () => received.length === 4);
    const before = server.finishedRequests();
    subscription.unsubscribe();
    await server.until('the server ends the stream', () => server.finishedRequests() === before + 1);
    await server.commit();
    assert.deepEqual([received, responses], [[2, 3, 4, 5], [multipart]]);
  });

  // A stream without its last delimiter is an error for Apollo Client; the test then subscribes
  // again.
  test('receives each transaction exactly once across restarts of the server', async (t) => {
    const server = await Server.start(t);
    const { received, request, next } = followFrom(0);
    const { client } = connect(server);
    const errors = [];
    const subscribe = () => client.subscribe({ query: gql(follow), variables: { ...request.variables } }).subscribe({
      next: ({ data, error }) => {
        if (!error) return next({ data });
        errors.push(error.message);
        setTimeout(subscribe, 200);
      },
      complete() {},
    });
    subscribe();
    for (const last of [3, 6]) {
      await server.commit(3);
      await server.until(`the transactions up to ${last} arrive`, () => received.length >= last);
      await server.stop();
      await server.run();
    }
    await server.commit(2);
    await server.until('the last transactions arrive', () => received.length >= 8);
    assert.deepEqual(received, upTo(8));
    assert.ok(errors.includes('premature end of multipart body'), `${errors}`);
  });

  test('gets an error when its token is revoked', { timeout: 40_000 }, async (t) => {
    const server = await Server.start(t);
    const { client } = connect(server, server.createToken('guest', 'reader'));
    const ending = firstResponse(client, { query: gql(follow) });
    await new Promise((resolve) => setTimeout(resolve, 300));
    server.revokeToken('guest');
    const { error } = await ending;
    assert.ok(CombinedProtocolErrors.is(error), `${error}`);
    assert.match(error.errors[0].message, /^not authenticated: the token was revoked at /);
    assert.deepEqual(error.errors[0].extensions, { code: 'UNAUTHENTICATED' });
  });
});
