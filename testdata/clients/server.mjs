// Runs the server for a test: the binary in CHANCERY, or one that is built here.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = join(import.meta.dirname, '../..');

export class Server {
  log = '';
  disconnects = []; // functions that disconnect clients before the server stops
  directory = mkdtempSync(join(tmpdir(), 'chancery-'));
  data = join(this.directory, 'graph.db');
  program = process.env.CHANCERY ? resolve(process.env.CHANCERY) : this.build();

  // Starts a server with an empty graph, which requires a token, until the test ends.
  static async start(t) {
    const server = await Server.serve('--private', '--no-sample');
    t.after(() => server.close());
    return server;
  }

  // Starts a server with the sample, until close is called. Options can change that.
  static async serve(...options) {
    const server = new Server();
    server.options = options;
    server.address = `127.0.0.1:${await freePort()}`;
    server.url = `http://${server.address}/graphql`;
    server.token = server.createToken('writer', 'editor');
    await server.run();
    return server;
  }

  // Stops the server and deletes its files. Fails if the log contains faults.
  async close() {
    for (const disconnect of this.disconnects) await disconnect();
    await this.stop();
    rmSync(this.directory, { recursive: true });
    assert.doesNotMatch(this.log, /level=ERROR|panic|goroutine/);
  }

  build() {
    const program = join(this.directory, 'chancery');
    execFileSync('go', ['build', '-o', program, '.'], { cwd: root, stdio: 'inherit' });
    return program;
  }

  async run() {
    this.process = spawn(this.program, ['serve', '--listen', this.address, '--data', this.data, ...this.options]);
    process.once('exit', () => this.process.kill('SIGKILL')); // if a test is aborted
    this.process.stderr.setEncoding('utf8').on('data', (text) => { this.log += text; });
    this.process.stdout.resume();
    await this.until('the graph is open', async () => (await fetch(`http://${this.address}/readyz`).catch(() => ({}))).ok);
  }

  async stop() {
    if (this.process.exitCode !== null) return;
    const exit = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    assert.deepEqual(await exit, [0, null]);
  }

  createToken(name, role) {
    return execFileSync(this.program, ['token', 'create', name, `--role=${role}`, '--data', this.data], { encoding: 'utf8', stdio: 'pipe' }).trim();
  }

  revokeToken(name) {
    execFileSync(this.program, ['token', 'revoke', name, '--data', this.data], { stdio: 'pipe' });
  }

  // Commits a number of transactions, one after another.
  async commit(times = 1) {
    for (let i = 0; i < times; i++) {
      const response = await fetch(this.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}` },
        body: JSON.stringify(commitMutation),
      });
      assert.deepEqual((await response.json()).data.commit.userErrors, []);
    }
  }

  // Returns the number of requests to /graphql that have ended.
  finishedRequests() {
    return this.log.split('msg=request method=POST path=/graphql').length - 1;
  }

  async until(description, condition) {
    for (let i = 0; i < 300; i++) {
      if (await condition()) return;
      await sleep(50);
    }
    assert.fail(`timeout after 15 s, waiting until ${description}; the log is ${this.log}`);
  }
}

async function freePort() {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address();
  listener.close();
  return port;
}

export const commitMutation = {
  query: `mutation {
    commit(input: {changes: [{putSource: {name: "A page", kind: WEB_PAGE}}]}) { transaction { number } userErrors { code message } }
  }`,
};

export const follow = 'subscription Follow($after: Int) { transactions(after: $after) { number } }';

// Returns a request for the transactions after a number, and a function that takes its
// responses. The request's variables advance, so that a client that retries resumes there.
export function followFrom(after) {
  const received = [];
  const request = { query: follow, variables: { after } };
  const next = ({ data, errors }) => {
    assert.equal(errors, undefined);
    assert.deepEqual(Object.keys(data), ['transactions']);
    received.push(data.transactions.number);
    request.variables.after = data.transactions.number;
  };
  return { received, request, next };
}

export const upTo = (last, first = 1) => Array.from({ length: last - first + 1 }, (_, i) => first + i);
