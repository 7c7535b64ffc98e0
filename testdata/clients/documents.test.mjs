// Clients ask for documents by their ids, which they get and send no more than they need
// to; and a shared cache keeps answers, until a commit makes them old.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { generatePersistedQueryIdsFromManifest } from '@apollo/persisted-query-lists';
import { Client, fetchExchange } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
import { Agent, interceptors, request } from 'undici';
import { Server } from './server.mjs';

const manifests = new URL('../persisted/manifests/', import.meta.url);
const path = (name) => fileURLToPath(new URL(name, manifests));
const manifest = (name) => JSON.parse(readFileSync(path(`${name}.json`), 'utf8'));

const server = await Server.serve(...['codegen', 'relay', 'apollo'].flatMap((name) => ['--trusted', path(`${name}.json`)]));
after(() => server.close());
const { url, token } = server;

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const variables = { slug: 'elmar-mammadyarov' };

let sent = []; // how each request went out
const watched = async (input, init) => {
  const text = new URL(input, url).searchParams.has('query') || /"query":"/.test(init.body ?? '');
  sent.push(`${init.method ?? 'GET'} ${text ? 'text' : 'id'}`);
  return fetch(input, init);
};
const expectSent = (who, ...want) => {
  assert.deepEqual(sent, want, who);
  sent = [];
};

const minister = gql`
  query ministerByName($slug: String!) {
    person(by: { slug: $slug }) {
      name
    }
  }
`;

async function apollo(who, query, hashing, ...want) {
  const link = ApolloLink.from([new PersistedQueryLink({ ...hashing, useGETForHashedQueries: true }), new HttpLink({ uri: url, fetch: watched })]);
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  for (let i = 0; i < 2; i++) {
    const { data } = await client.query({ query, variables, fetchPolicy: 'network-only' });
    assert.equal(data.person.name, 'Elmar Mammadyarov', who);
  }
  expectSent(who, ...want);
  client.stop();
}

async function urql() {
  const client = new Client({
    url,
    fetch: watched,
    preferGetMethod: false,
    exchanges: [persistedExchange({ preferGetForPersistedQueries: true, generateHash: async (text) => sha256(text) }), fetchExchange],
  });
  const ask = () => client.query('query ministersOf($slug: String!) { person(by: { slug: $slug }) { name } }', variables, { requestPolicy: 'network-only' }).toPromise();
  for (let i = 0; i < 2; i++) assert.equal((await ask()).data?.person.name, 'Elmar Mammadyarov', 'urql');
  expectSent('urql', 'GET id', 'GET text', 'GET id');
}

// What the clients of Relay and of GraphQL Code Generator send is up to their users;
// both documentations send the id alone.
async function byId(name) {
  const [documentId] = Object.keys(manifest(name));
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ documentId, variables }) });
  assert.equal((await answer.json()).data.person.name, 'Elmar Mammadyarov', name);
}

// A cache that several share, which counts what it asks the server.
const origin = [];
const counting = (dispatch) => (options, handler) =>
  dispatch(options, new Proxy(handler, {
    get: (target, key) => (key === 'onResponseStart' ? (controller, status, ...rest) => (origin.push(status), target.onResponseStart(controller, status, ...rest)) : target[key]?.bind?.(target) ?? target[key]),
  }));
const shared = new Agent().compose(counting, interceptors.cache({ type: 'shared' }));
const get = async (query, headers = {}) => {
  const answer = await request(`${url}?query=${encodeURIComponent(query)}`, { dispatcher: shared, headers });
  assert.equal(answer.statusCode, 200);
  return answer.body.json();
};
const commit = () =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: 'mutation { commit(input: {message: "m", unsourced: true, changes: [{putTopic: {name: "Caches"}}]}) { transaction { number } userErrors { message } } }' }),
  }).then((answer) => answer.json());

async function cached(query, headers, ...want) {
  origin.length = 0;
  const first = await get(query, headers);
  assert.deepEqual(await get(query, headers), first, query);
  const { data } = await commit();
  assert.deepEqual(data.commit.userErrors, []);
  const later = await get(query, headers);
  assert.deepEqual(origin, want, query);
  return [first.extensions.revision, later.extensions.revision, data.commit.transaction.number];
}

test('Apollo Client learns which documents the server has', () => apollo('Apollo Client', minister, { sha256 }, 'GET id', 'POST text', 'GET id'));

test('Apollo Client with a manifest sends ids alone', async () => {
  const listed = generatePersistedQueryIdsFromManifest({ loadManifest: async () => manifest('apollo') });
  await apollo('Apollo Client, with a manifest', gql(readFileSync(path('apollo/minister.graphql'), 'utf8')), listed, 'GET id', 'GET id');
});

test('urql learns which documents the server has', urql);

for (const name of ['relay', 'codegen']) test(`the ids of ${name} are those of its manifest`, () => byId(name));

const people = '{ people { totalCount nodes { name } } }';

test('a shared cache asks whether an answer still holds', async () => {
  const [before, later, written] = await cached(people, {}, 200, 304, 200);
  assert.ok(before < written && later === written, 'it gives out what is old');
});

test('a shared cache keeps for a minute what may be kept so long', async () => {
  const [before, later] = await cached('{ topics { totalCount } }', {}, 200);
  assert.equal(later, before);
});

test('a shared cache keeps nothing of what editors are told', () => cached(people, { authorization: `Bearer ${token}` }, 200, 200, 200));
