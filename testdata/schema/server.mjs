// A real server with the sample, for as long as a test runs.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export async function serve() {
  const directory = mkdtempSync(join(tmpdir(), 'chancery-'));
  const program = join(directory, 'chancery');
  execFileSync('go', ['build', '-o', program, '.'], { cwd: '../..', stdio: 'inherit' });
  const data = `--data=${join(directory, 'graph.db')}`;
  const token = execFileSync(program, ['token', 'create', 'relay', '--role=editor', data], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  const server = spawn(program, ['serve', '--listen=127.0.0.1:0', data], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  for await (const line of createInterface(server.stdout)) {
    const address = /http:\/\/[^/]+/.exec(line);
    if (!address) continue;
    server.stdout.resume(); // nobody reads the rest of the greeting
    return {
      url: `${address[0]}/graphql`,
      token,
      async stop() {
        server.kill('SIGINT');
        await ended;
        rmSync(directory, { recursive: true });
      },
    };
  }
  throw new Error(`the server ended with ${await ended}`);
}
