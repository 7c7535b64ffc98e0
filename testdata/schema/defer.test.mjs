// Tests the deferred fragment of docs/relay.md with a real server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Server } from '../clients/server.mjs';
import { connect, fragment, query, warnings } from './relay.mjs';

let server;
before(async () => { server = await Server.serve(); });
after(() => server.close());

test('a deferred fragment is complete with the first response', async () => {
  const environment = connect(server.url);
  const { person } = await query(environment, 'DeferredQuery', { slug: 'elmar-mammadyarov' });
  const { meetings } = fragment(environment, 'Minister_meetings', person);
  assert.equal(meetings.edges.length, 3);
  assert.equal(warnings.length, 1);
  assert.match(warnings[0], /executed in non-streaming mode/);
});
