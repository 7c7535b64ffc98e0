// Tests the hooks that docs/relay.md names, in a component in a DOM, with a real server.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { Window } from 'happy-dom';
import { Server } from '../clients/server.mjs';
import { compiled, warnings, connect } from './relay.mjs';

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
afterEach(() => assert.deepEqual(warnings, []));

// Renders a component with a new environment and waits until it is displayed.
async function render(component) {
  const root = createRoot(document.body.appendChild(document.createElement('div')));
  const tree = createElement(RelayEnvironmentProvider, { environment: connect(server.url) }, createElement(Suspense, { fallback: 'loading' }, createElement(component)));
  await act(() => root.render(tree));
  await until(() => document.body.textContent !== 'loading');
  return () => act(() => root.unmount());
}

async function until(condition) {
  for (let i = 0; !condition(); i++) {
    assert.ok(i < 500, 'timeout after 10 s');
    await act(() => new Promise((resolve) => { setTimeout(resolve, 20); }));
  }
}

const refetches = new Map(); // by the displayed name

function Event({ event }) {
  const [{ name }, refetch] = useRefetchableFragment(compiled('Event_details'), event);
  refetches.set(name, refetch);
  return createElement('li', null, name);
}

// Renders a list of the minister's meetings; view.page is the latest result of the hook.
async function renderList() {
  const view = {};
  view.unmount = await render(() => {
    const { person } = useLazyLoadQuery(compiled('MinisterQuery'), { slug: 'elmar-mammadyarov', first: 3 });
    view.page = usePaginationFragment(compiled('Minister_meetings'), person);
    return view.page.data.meetings.edges.map(({ node }, i) => createElement(Event, { event: node, key: i }));
  });
  return view;
}

const items = () => [...document.querySelectorAll('li')].map((li) => li.textContent);

test('usePaginationFragment loads pages in both directions', async () => {
  const view = await renderList();
  const start = items();
  assert.equal(start.length, 3);
  assert.deepEqual([view.page.hasNext, view.page.hasPrevious], [true, false]);
  await act(() => view.page.loadNext(2));
  await until(() => !view.page.isLoadingNext);
  assert.equal(new Set(items()).size, 5);
  assert.deepEqual(items().slice(0, 3), start);
  await act(() => view.page.refetch({ first: null, last: 2 }));
  await until(() => items().length === 2);
  assert.deepEqual([view.page.hasNext, view.page.hasPrevious], [false, true]);
  const end = items();
  await act(() => view.page.loadPrevious(2));
  await until(() => !view.page.isLoadingPrevious);
  assert.equal(new Set(items()).size, 4);
  assert.deepEqual(items().slice(2), end);
  await view.unmount();
});

test('useRefetchableFragment fetches one node again with other arguments', async () => {
  const view = await renderList();
  const english = items();
  const call = 'Telephone conversation of the foreign ministers of Azerbaijan and Kyrgyzstan';
  assert.ok(english.includes(call), `the call is missing in ${english}`);
  await act(() => refetches.get(call)({ language: 'az' }));
  await until(() => items().length === 3 && !items().includes(call));
  assert.deepEqual(items(), english.map((name) => (name === call ? 'Azərbaycan və Qırğızıstan xarici işlər nazirlərinin telefon danışığı' : name)));
  await view.unmount();
});
