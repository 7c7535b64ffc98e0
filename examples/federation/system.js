// Both subgraphs and the gateway, started and stopped together.
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
const patience = 60_000; // for a process to say where it listens, in milliseconds

// Starts all and gives where the gateway listens, what was composed and how to stop
// it. What was started is stopped if the rest cannot be.
export async function startAll({ port = 0 } = {}) {
  const undo = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return { ...(await start(port, undo)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(port, undo) {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-federation-'));
  undo.push(sure(() => rmSync(folder, { recursive: true, force: true })));
  const binary = build(folder);
  const data = join(folder, 'chancery.db');
  const [chancery, news] = await Promise.all([
    run('chancery', binary, ['serve', '--listen=127.0.0.1:0', `--data=${data}`, '--log-level=error'], undo),
    run('news', process.execPath, [join(here, 'news/server.js')], undo),
  ]);
  const services = await Promise.all([chancery, news].map(schemaOf));
  const composed = composeBoth(services);
  const url = await serve(composed.guild.supergraphSdl, port, undo);
  const token = (name, role) => createToken(binary, data, name, role);
  return { url, subgraphs: { chancery, news }, services, composed, token };
}

function build(folder) {
  const binary = join(folder, 'chancery');
  const built = spawnSync('go', ['build', '-o', binary, '.'], { cwd: join(here, '../..'), stdio: 'inherit' });
  if (built.error ?? built.status) throw new Error('go build failed', { cause: built.error });
  return binary;
}

// Sees to it that something is done, once, even if this process fails before it is told.
function sure(todo) {
  process.once('exit', todo);
  return () => {
    process.off('exit', todo);
    todo();
  };
}

// Starts a subgraph, which says on its standard output where it listens.
async function run(name, command, args, undo) {
  const env = { ...process.env, UNTIL_STDIN_ENDS: '1' };
  delete env.PORT;
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], env });
  const gone = new Promise((done) => child.once('exit', done).once('error', done));
  const kill = sure(() => child.kill('SIGKILL'));
  undo.push(() => end(child, gone).then(kill));
  const address = await Promise.race([
    said(child.stdout, /http:\/\/[\d.]+:\d+/),
    gone.then(() => { throw new Error(`${name} ended before it listened`); }),
    new Promise((_, fail) => setTimeout(fail, patience, new Error(`${name} did not listen in time`)).unref()),
  ]);
  child.stdout.resume();
  return { name, url: `${address}/graphql` };
}

async function said(stream, pattern) {
  let text = '';
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    text += chunk;
    const found = pattern.exec(text);
    if (found) return found[0];
  }
  return new Promise(() => {}); // its end tells
}

async function end(child, gone) {
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  child.kill('SIGTERM');
  await gone;
  clearTimeout(timer);
}

// The gateway. It passes on who asks: Chancery decides what that one may see.
async function serve(supergraph, port, undo) {
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
  undo.push(() => gateway[Symbol.asyncDispose]());
  const server = createServer(gateway);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  undo.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${server.address().port}/graphql`;
}

function createToken(binary, data, name, role) {
  const made = spawnSync(binary, ['token', 'create', name, `--role=${role}`, `--data=${data}`], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`no token for ${name}: ${made.stderr}`);
  return made.stdout.trim();
}
