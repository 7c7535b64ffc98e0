// Starts and stops both subgraphs and the gateway.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { composeBoth, schemaOf } from './compose.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const startTimeout = 60_000; // milliseconds until a process must print its address

// Starts everything and returns the gateway's URL, the subgraphs, the composed schemas and a
// function that stops everything. If one part fails to start, it stops the others.
export async function startAll({ port = 0 } = {}) {
  const cleanups = [];
  const stop = async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  };
  try {
    return { ...(await start(port, cleanups)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(port, cleanups) {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-federation-'));
  cleanups.push(onExit(() => rmSync(folder, { recursive: true, force: true })));
  const binary = build(folder);
  const data = join(folder, 'chancery.db');
  const [chancery, news] = await Promise.all([
    run('chancery', binary, ['serve', '--listen=127.0.0.1:0', `--data=${data}`, '--log-level=error'], cleanups),
    run('news', process.execPath, [join(here, 'news/server.js')], cleanups),
  ]);
  const services = await Promise.all([chancery, news].map(schemaOf));
  const composed = composeBoth(services);
  const url = await serve(composed.guild.supergraphSdl, port, cleanups);
  const token = (name, role) => createToken(binary, data, name, role);
  return { url, subgraphs: { chancery, news }, services, composed, token };
}

function build(folder) {
  const binary = join(folder, 'chancery');
  const result = spawnSync('go', ['build', '-o', binary, '.'], { cwd: join(here, '../..'), stdio: 'inherit' });
  if (result.error ?? result.status) throw new Error('go build failed', { cause: result.error });
  return binary;
}

// Returns a function that runs the cleanup. The cleanup also runs, once, if this process exits
// without calling it.
function onExit(cleanup) {
  process.once('exit', cleanup);
  return () => {
    process.off('exit', cleanup);
    cleanup();
  };
}

// Starts a subgraph, which prints its address to standard output.
async function run(name, command, args, cleanups) {
  const env = { ...process.env, UNTIL_STDIN_ENDS: '1' };
  delete env.PORT;
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], env });
  const exited = new Promise((done) => child.once('exit', done).once('error', done));
  const kill = onExit(() => child.kill('SIGKILL'));
  cleanups.push(() => terminate(child, exited).then(kill));
  const address = await Promise.race([
    firstMatch(child.stdout, /http:\/\/[\d.]+:\d+/),
    exited.then(() => { throw new Error(`${name} exited before it printed its address`); }),
    new Promise((_, fail) => setTimeout(fail, startTimeout, new Error(`${name} printed no address within ${startTimeout} ms`)).unref()),
  ]);
  child.stdout.resume();
  return { name, url: `${address}/graphql` };
}

// Returns the first match of the pattern in the output.
async function firstMatch(stream, pattern) {
  let text = '';
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    text += chunk;
    const match = pattern.exec(text);
    if (match) return match[0];
  }
  return new Promise(() => {}); // the exit of the process rejects the race
}

async function terminate(child, exited) {
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  child.kill('SIGTERM');
  await exited;
  clearTimeout(timer);
}

// Starts the gateway. It forwards the header authorization, because Chancery decides what a
// client may see.
async function serve(supergraph, port, cleanups) {
  const gateway = createGatewayRuntime({
    supergraph,
    logging: false,
    propagateHeaders: {
      fromClientToSubgraphs: ({ request }) => {
        const authorization = request.headers.get('authorization');
        return authorization ? { authorization } : {};
      },
    },
  });
  cleanups.push(() => gateway[Symbol.asyncDispose]());
  const server = createServer(gateway);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${server.address().port}/graphql`;
}

function createToken(binary, data, name, role) {
  const result = spawnSync(binary, ['token', 'create', name, `--role=${role}`, `--data=${data}`], { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`create a token for ${name}: ${result.stderr}`);
  return result.stdout.trim();
}
