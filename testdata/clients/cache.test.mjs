// A shared HTTP cache between a client and the server stores, revalidates and replaces
// responses.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Agent, interceptors, request } from 'undici';
import { Server } from './server.mjs';

const server = await Server.serve();
after(() => server.close());
const { url, token } = server;

// Records the status of each response that the cache gets from the server.
const statuses = [];
const recordStatus = (dispatch) => (options, handler) =>
  dispatch(options, new Proxy(handler, {
    get: (target, key) => (key === 'onResponseStart' ? (controller, status, ...rest) => (statuses.push(status), target.onResponseStart(controller, status, ...rest)) : target[key]?.bind?.(target) ?? target[key]),
  }));
const sharedCache = new Agent().compose(recordStatus, interceptors.cache({ type: 'shared' }));

const get = async (query, headers = {}) => {
  const response = await request(`${url}?query=${encodeURIComponent(query)}`, { dispatcher: sharedCache, headers });
  assert.equal(response.statusCode, 200);
  return response.body.json();
};

const commit = async () => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: 'mutation { commit(input: {message: "m", unsourced: true, changes: [{putTopic: {name: "Caches"}}]}) { transaction { number } userErrors { message } } }' }),
  });
  const { data } = await response.json();
  assert.deepEqual(data.commit.userErrors, []);
  return data.commit.transaction.number;
};

// Sends a query twice, commits, and sends it again. Returns the revisions of the first and
// the last response, and that of the commit.
async function queryAroundCommit(query, headers, ...wantStatuses) {
  statuses.length = 0;
  const first = await get(query, headers);
  assert.deepEqual(await get(query, headers), first);
  const committed = await commit();
  const last = await get(query, headers);
  assert.deepEqual(statuses, wantStatuses);
  return { first: first.extensions.revision, last: last.extensions.revision, committed };
}

const people = '{ people { totalCount nodes { name } } }';

test('a shared cache revalidates responses without a cache hint', async () => {
  const { first, last, committed } = await queryAroundCommit(people, {}, 200, 304, 200);
  assert.ok(first < committed && last === committed, 'the cache returned a stale response');
});

test('a shared cache reuses responses with a cache hint', async () => {
  const { first, last } = await queryAroundCommit('{ topics { totalCount } }', {}, 200);
  assert.equal(last, first);
});

test('a shared cache does not store responses to editors', () => queryAroundCommit(people, { authorization: `Bearer ${token}` }, 200, 200, 200));
