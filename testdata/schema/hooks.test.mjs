// The hooks that docs/relay.md names, in a component in a document, against a real server.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { Window } from 'happy-dom';
import { Server } from '../clients/server.mjs';
import { compiled, complaints, connect } from './store.mjs';

const window = new Window();
Object.assign(globalThis, { window, document: window.document, navigator: window.navigator, IS_REACT_ACT_ENVIRONMENT: true });
const { act, createElement, Suspense } = await import('react');
const { createRoot } = await import('react-dom/client');
const { RelayEnvironmentProvider, useLazyLoadQuery, usePaginationFragment, useRefetchableFragment } = (await import('react-relay')).default;

let server;
before(async () => { server = await Server.serve(); });
after(async () => {
  await window.happyDOM.close();
  await server.close();
});
afterEach(() => assert.deepEqual(complaints, []));

// Renders a component under an environment of its own and waits until it is there.
async function render(component) {
  const root = createRoot(document.body.appendChild(document.createElement('div')));
  const tree = createElement(RelayEnvironmentProvider, { environment: connect(server.url) }, createElement(Suspense, { fallback: 'waiting' }, createElement(component)));
  await act(() => root.render(tree));
  await until(() => document.body.textContent !== 'waiting');
  return () => act(() => root.unmount());
}

async function until(done) {
  for (let i = 0; !done(); i++) {
    assert.ok(i < 500, 'it takes too long');
    await act(() => new Promise((resolve) => { setTimeout(resolve, 20); }));
  }
}

const refetches = new Map(); // by the name that is shown

function Event({ event }) {
  const [{ name }, refetch] = useRefetchableFragment(compiled('Event_details'), event);
  refetches.set(name, refetch);
  return createElement('li', null, name);
}

// A list of the minister's meetings; gives what the hook gave last.
async function list() {
  const shown = {};
  shown.unmount = await render(() => {
    const { person } = useLazyLoadQuery(compiled('MinisterQuery'), { slug: 'elmar-mammadyarov', first: 3 });
    shown.page = usePaginationFragment(compiled('Minister_meetings'), person);
    return shown.page.data.meetings.edges.map(({ node }, i) => createElement(Event, { event: node, key: i }));
  });
  return shown;
}

const items = () => [...document.querySelectorAll('li')].map((li) => li.textContent);

test('usePaginationFragment pages both ways', async () => {
  const shown = await list();
  const begin = items();
  assert.equal(begin.length, 3);
  assert.deepEqual([shown.page.hasNext, shown.page.hasPrevious], [true, false]);
  await act(() => shown.page.loadNext(2));
  await until(() => !shown.page.isLoadingNext);
  assert.equal(new Set(items()).size, 5);
  assert.deepEqual(items().slice(0, 3), begin);
  await act(() => shown.page.refetch({ first: null, last: 2 }));
  await until(() => items().length === 2);
  assert.deepEqual([shown.page.hasNext, shown.page.hasPrevious], [false, true]);
  const end = items();
  await act(() => shown.page.loadPrevious(2));
  await until(() => !shown.page.isLoadingPrevious);
  assert.equal(new Set(items()).size, 4);
  assert.deepEqual(items().slice(2), end);
  await shown.unmount();
});

test('useRefetchableFragment asks for one node again, with other arguments', async () => {
  const shown = await list();
  const english = items();
  const call = 'Telephone conversation of the foreign ministers of Azerbaijan and Kyrgyzstan';
  assert.ok(english.includes(call), `${english} lack the call`);
  await act(() => refetches.get(call)({ language: 'az' }));
  await until(() => items().length === 3 && !items().includes(call));
  assert.deepEqual(items(), english.map((name) => (name === call ? 'Azərbaycan və Qırğızıstan xarici işlər nazirlərinin telefon danışığı' : name)));
  await shown.unmount();
});
