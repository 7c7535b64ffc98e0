// Pages and refetches as docs/relay.md shows them, against a real server.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { Server } from '../clients/server.mjs';
import { ask, compiled, complaints, connect, fragment } from './store.mjs';

const slug = 'elmar-mammadyarov';

let server, list;
before(async () => {
  server = await Server.serve();
  list = names(await open({ first: 500 }));
  assert.ok(list.length > 6, `he met too few: ${list.length}`);
});
after(() => server.close());
afterEach(() => assert.deepEqual(complaints, []));

// A view of the minister's meetings, in a store of its own.
async function open(page) {
  const environment = connect(server.url);
  const { person } = await ask(environment, 'MinisterQuery', { slug, ...page });
  return { environment, person };
}

const meetings = ({ environment, person }) => fragment(environment, 'Minister_meetings', person).meetings;

const names = (view) => meetings(view).edges.map(({ node }) => fragment(view.environment, 'Event_details', node).name);

// As loadNext and loadPrevious of usePaginationFragment do it: what to ask, and with
// which variables, stands in the compiled fragment.
async function load(view, direction, count) {
  const { refetch } = compiled('Minister_meetings').metadata;
  const { endCursor, startCursor } = meetings(view).pageInfo;
  const [forward, { count: size, cursor }] = [direction === 'forward', refetch.connection[direction]];
  const none = { first: null, after: null, last: null, before: null };
  await ask(view.environment, refetch.operation, {
    ...none, orderBy: 'NEWEST', id: view.person.__id, [size]: count, [cursor]: forward ? endCursor : startCursor,
  });
}

for (const [direction, begin, more] of [['forward', { first: 3 }, 'hasNextPage'], ['backward', { last: 3 }, 'hasPreviousPage']]) {
  test(`pages ${direction} make up the list`, async () => {
    const view = await open(begin);
    assert.deepEqual(names(view), direction === 'forward' ? list.slice(0, 3) : list.slice(-3));
    assert.equal(meetings(view).totalCount, list.length);
    for (let size = 5; meetings(view).pageInfo[more]; size += 2) {
      await load(view, direction, 2);
      assert.equal(names(view).length, Math.min(size, list.length));
    }
    assert.deepEqual(names(view), list);
  });
}

test('pages go both ways from the middle', async () => {
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

test('a fragment is fetched again by its id', async () => {
  const view = await open({ first: 1 });
  const [{ node: event }] = meetings(view).edges;
  const { operation, identifierInfo } = compiled('Event_details').metadata.refetch;
  const elsewhere = connect(server.url);
  const { node } = await ask(elsewhere, operation, { [identifierInfo.identifierQueryVariableName]: event.__id });
  assert.equal(node.__id, event.__id);
  assert.deepEqual(fragment(elsewhere, 'Event_details', node), fragment(view.environment, 'Event_details', event));
});

