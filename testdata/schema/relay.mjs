// Does what Relay's hooks do, without React: queries, mutations, subscriptions, and reading the
// store.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import relay from 'relay-runtime';
import WebSocket from 'ws';

globalThis.WebSocket ??= WebSocket; // Node.js has no WebSocket before 22

// The warnings that Relay prints, for example about two types with one id, invalid pagination
// or missing connections. Tests expect none.
export const warnings = [];
console.error = console.warn = (...words) => warnings.push(words.join(' '));

export const { connect } = await import('./documents/relay/src/environment.js');

const { commitMutation, createOperationDescriptor, fetchQuery, getSingularSelector, requestSubscription } = relay;
const require = createRequire(import.meta.url);

export const compiled = (name) => require(`./documents/relay/src/__generated__/${name}.graphql.js`);

export const query = (environment, name, variables) =>
  fetchQuery(environment, typeof name === 'string' ? compiled(name) : name, variables, { fetchPolicy: 'network-only' }).toPromise();

export const mutate = (environment, name, variables) =>
  new Promise((resolve, onError) => {
    const onCompleted = (data, errors) => (errors ? onError(new Error(errors[0].message)) : resolve(data));
    commitMutation(environment, { mutation: compiled(name), variables, onCompleted, onError });
  });

export const subscribe = (environment, name, variables, onNext) =>
  new Promise((_, onError) => {
    requestSubscription(environment, { subscription: compiled(name), variables, onNext: (data) => onNext(data), onError });
  });

// Reads a query from the store, without a request.
export const stored = (environment, name, variables) =>
  readComplete(environment, name, createOperationDescriptor(compiled(name), variables).fragment);

// Reads a fragment from the store, where a query spreads it.
export const fragment = (environment, name, reference) => readComplete(environment, name, getSingularSelector(compiled(name), reference));

function readComplete(environment, name, selector) {
  const { data, isMissingData } = environment.lookup(selector);
  assert.equal(isMissingData, false, `${name} is incomplete in the store`);
  return data;
}
