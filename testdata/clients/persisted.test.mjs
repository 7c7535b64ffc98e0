// Clients send the ids of documents instead of texts, to a server with trusted documents.
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
import { Server } from './server.mjs';

const manifests = new URL('../persisted/manifests/', import.meta.url);
const path = (name) => fileURLToPath(new URL(name, manifests));
const manifest = (name) => JSON.parse(readFileSync(path(`${name}.json`), 'utf8'));

const server = await Server.serve(...['codegen', 'relay', 'apollo'].flatMap((name) => ['--trusted', path(`${name}.json`)]));
after(() => server.close());
const { url } = server;

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const variables = { slug: 'elmar-mammadyarov' };

// A fetch function that records how each request was sent.
let requests = [];
const recordingFetch = async (input, init) => {
  const text = new URL(input, url).searchParams.has('query') || /"query":"/.test(init.body ?? '');
  requests.push(`${init.method ?? 'GET'} ${text ? 'text' : 'id'}`);
  return fetch(input, init);
};
const expectRequests = (...want) => {
  assert.deepEqual(requests, want);
  requests = [];
};

const minister = gql`
  query ministerByName($slug: String!) {
    person(by: { slug: $slug }) {
      name
    }
  }
`;

async function queryTwiceWithApollo(query, hashing, ...want) {
  const link = ApolloLink.from([new PersistedQueryLink({ ...hashing, useGETForHashedQueries: true }), new HttpLink({ uri: url, fetch: recordingFetch })]);
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  for (let i = 0; i < 2; i++) {
    const { data } = await client.query({ query, variables, fetchPolicy: 'network-only' });
    assert.equal(data.person.name, 'Elmar Mammadyarov');
  }
  expectRequests(...want);
  client.stop();
}

test('Apollo Client sends the text once, then the hash', () => queryTwiceWithApollo(minister, { sha256 }, 'GET id', 'POST text', 'GET id'));

test('Apollo Client with a manifest sends ids only', async () => {
  const hashing = generatePersistedQueryIdsFromManifest({ loadManifest: async () => manifest('apollo') });
  await queryTwiceWithApollo(gql(readFileSync(path('apollo/minister.graphql'), 'utf8')), hashing, 'GET id', 'GET id');
});

test('urql sends the text once, then the hash', async () => {
  const client = new Client({
    url,
    fetch: recordingFetch,
    preferGetMethod: false,
    exchanges: [persistedExchange({ preferGetForPersistedQueries: true, generateHash: async (text) => sha256(text) }), fetchExchange],
  });
  const query = () => client.query('query ministersOf($slug: String!) { person(by: { slug: $slug }) { name } }', variables, { requestPolicy: 'network-only' }).toPromise();
  for (let i = 0; i < 2; i++) assert.equal((await query()).data?.person.name, 'Elmar Mammadyarov');
  expectRequests('GET id', 'GET text', 'GET id');
});

// The documentation of Relay and of GraphQL Code Generator tells users to send only the id.
for (const name of ['relay', 'codegen']) {
  test(`the server runs a document by its id in the manifest of ${name}`, async () => {
    const [documentId] = Object.keys(manifest(name));
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ documentId, variables }) });
    assert.equal((await response.json()).data.person.name, 'Elmar Mammadyarov');
  });
}
