// Runs the program for a test: the one that CHANCERY names, or else what go builds.
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
  guests = []; // functions by which clients leave before the server stops
  directory = mkdtempSync(join(tmpdir(), 'chancery-'));
  data = join(this.directory, 'graph.db');
  program = process.env.CHANCERY ? resolve(process.env.CHANCERY) : this.build();

  // start serves an empty graph, which only who has a token may read, until the test
  // ends.
  static async start(t) {
    const server = await Server.serve('--private', '--no-sample');
    t.after(() => server.close());
    return server;
  }

  // serve serves the sample, or what the options say, until it is closed.
  static async serve(...options) {
    const server = new Server();
    server.options = options;
    server.address = `127.0.0.1:${await freePort()}`;
    server.url = `http://${server.address}/graphql`;
    server.token = server.createToken('writer', 'editor');
    await server.run();
    return server;
  }

  // close leaves nothing behind. The log must not tell of faults.
  async close() {
    for (const leave of this.guests) await leave();
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
    process.once('exit', () => this.process.kill('SIGKILL')); // where a test did not come to its end
    this.process.stderr.setEncoding('utf8').on('data', (text) => { this.log += text; });
    this.process.stdout.resume();
    await this.until('the graph is open', async () => (await fetch(`http://${this.address}/readyz`).catch(() => ({}))).ok);
  }

  async stop() {
    if (this.process.exitCode !== null) return;
    const gone = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    assert.deepEqual(await gone, [0, null]);
  }

  createToken(name, role) {
    return execFileSync(this.program, ['token', 'create', name, `--role=${role}`, '--data', this.data], { encoding: 'utf8', stdio: 'pipe' }).trim();
  }

  revokeToken(name) {
    execFileSync(this.program, ['token', 'revoke', name, '--data', this.data], { stdio: 'pipe' });
  }

  // commit makes so many transactions, one after another.
  async commit(times = 1) {
    for (let i = 0; i < times; i++) {
      const answer = await fetch(this.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}` },
        body: JSON.stringify(aCommit),
      });
      assert.deepEqual((await answer.json()).data.commit.userErrors, []);
    }
  }

  // answered is how many requests to the graph have come to their end.
  answered() {
    return this.log.split('msg=request method=POST path=/graphql').length - 1;
  }

  async until(what, happened) {
    for (let i = 0; i < 300; i++) {
      if (await happened()) return;
      await sleep(50);
    }
    assert.fail(`not after fifteen seconds: ${what}; the log is ${this.log}`);
  }
}

async function freePort() {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address();
  listener.close();
  return port;
}

export const aCommit = {
  query: `mutation {
    commit(input: {changes: [{putSource: {name: "A page", kind: WEB_PAGE}}]}) { transaction { number } userErrors { code message } }
  }`,
};

export const follow = 'subscription Follow($after: Int) { transactions(after: $after) { number } }';

// numbers follows a feed, and goes on from where it stood whenever the client asks
// anew: it reads the variables each time.
export function numbers(after) {
  const seen = [];
  const request = { query: follow, variables: { after } };
  const take = ({ data, errors }) => {
    assert.equal(errors, undefined);
    assert.deepEqual(Object.keys(data), ['transactions']);
    seen.push(data.transactions.number);
    request.variables.after = data.transactions.number;
  };
  return { seen, request, take };
}

export const upTo = (last, first = 1) => Array.from({ length: last - first + 1 }, (_, i) => first + i);
