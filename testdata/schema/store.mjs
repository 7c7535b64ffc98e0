// What Relay's hooks do, without React: ask, change, follow, and read the store.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import relay from 'relay-runtime';
import WebSocket from 'ws';

globalThis.WebSocket ??= WebSocket; // Node.js has none of its own before 22

// Relay complains to the console of two types under one id, of what it cannot page, of lists
// that are not there; none of that may be.
export const complaints = [];
console.error = console.warn = (...words) => complaints.push(words.join(' '));

export const { connect } = await import('./documents/relay/src/environment.js');

const { commitMutation, createOperationDescriptor, fetchQuery, getSingularSelector, requestSubscription } = relay;
const require = createRequire(import.meta.url);

export const compiled = (name) => require(`./documents/relay/src/__generated__/${name}.graphql.js`);

export const ask = (environment, query, variables) =>
  fetchQuery(environment, typeof query === 'string' ? compiled(query) : query, variables, { fetchPolicy: 'network-only' }).toPromise();

export const change = (environment, name, variables) =>
  new Promise((resolve, onError) => {
    const onCompleted = (data, errors) => (errors ? onError(new Error(errors[0].message)) : resolve(data));
    commitMutation(environment, { mutation: compiled(name), variables, onCompleted, onError });
  });

export const follow = (environment, name, variables, onNext) =>
  new Promise((_, onError) => {
    requestSubscription(environment, { subscription: compiled(name), variables, onNext: (data) => onNext(data), onError });
  });

// What the store holds of a query: nothing is asked.
export const stored = (environment, name, variables) =>
  whole(environment, name, createOperationDescriptor(compiled(name), variables).fragment);

// What the store holds of a fragment, where a query spreads it.
export const fragment = (environment, name, reference) => whole(environment, name, getSingularSelector(compiled(name), reference));

function whole(environment, name, selector) {
  const { data, isMissingData } = environment.lookup(selector);
  assert.equal(isMissingData, false, `${name} is not all in the store`);
  return data;
}
