// Tests the pagination and refetching of docs/relay.md with a real server.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { Server } from '../clients/server.mjs';
import { compiled, connect, fragment, query, warnings } from './relay.mjs';

const slug = 'elmar-mammadyarov';

let server, list;
before(async () => {
  server = await Server.serve();
  list = names(await open({ first: 500 }));
  assert.ok(list.length > 6, `the minister has ${list.length} meetings; want more than 6`);
});
after(() => server.close());
afterEach(() => assert.deepEqual(warnings, []));

// Queries a page of the minister's meetings into a new store.
async function open(page) {
  const environment = connect(server.url);
  const { person } = await query(environment, 'MinisterQuery', { slug, ...page });
  return { environment, person };
}

const meetings = ({ environment, person }) => fragment(environment, 'Minister_meetings', person).meetings;

const names = (view) => meetings(view).edges.map(({ node }) => fragment(view.environment, 'Event_details', node).name);

// Does what loadNext and loadPrevious of usePaginationFragment do: the compiled fragment names
// the query and its variables.
async function load(view, direction, count) {
  const { refetch } = compiled('Minister_meetings').metadata;
  const { endCursor, startCursor } = meetings(view).pageInfo;
  const [forward, { count: size, cursor }] = [direction === 'forward', refetch.connection[direction]];
  const none = { first: null, after: null, last: null, before: null };
  await query(view.environment, refetch.operation, {
    ...none, orderBy: 'NEWEST', id: view.person.__id, [size]: count, [cursor]: forward ? endCursor : startCursor,
  });
}

for (const [direction, start, more] of [['forward', { first: 3 }, 'hasNextPage'], ['backward', { last: 3 }, 'hasPreviousPage']]) {
  test(`${direction} pagination returns the complete list`, async () => {
    const view = await open(start);
    assert.deepEqual(names(view), direction === 'forward' ? list.slice(0, 3) : list.slice(-3));
    assert.equal(meetings(view).totalCount, list.length);
    for (let size = 5; meetings(view).pageInfo[more]; size += 2) {
      await load(view, direction, 2);
      assert.equal(names(view).length, Math.min(size, list.length));
    }
    assert.deepEqual(names(view), list);
  });
}

test('pagination from the middle works in both directions', async () => {
  const { endCursor } = meetings(await open({ first: 3 })).pageInfo;
  const view = await open({ first: 2, after: endCursor });
  assert.deepEqual(names(view), list.slice(3, 5));
  await load(view, 'backward', 1);
  assert.deepEqual(names(view), list.slice(2, 5));
  await load(view, 'forward', 1);
  assert.deepEqual(names(view), list.slice(2, 6));
  await load(view, 'backward', 2);
  assert.deepEqual(names(view), list.slice(0, 6));
});

test('a fragment can be refetched by id', async () => {
  const view = await open({ first: 1 });
  const [{ node: event }] = meetings(view).edges;
  const { operation, identifierInfo } = compiled('Event_details').metadata.refetch;
  const other = connect(server.url);
  const { node } = await query(other, operation, { [identifierInfo.identifierQueryVariableName]: event.__id });
  assert.equal(node.__id, event.__id);
  assert.deepEqual(fragment(other, 'Event_details', node), fragment(view.environment, 'Event_details', event));
});

