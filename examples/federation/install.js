// Installs what package-lock.json says, unless that was done.
import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';

if (!existsSync(new URL('node_modules/.package-lock.json', import.meta.url))) {
  execSync('npm ci --no-audit --no-fund --loglevel=error', { stdio: 'inherit', cwd: new URL('.', import.meta.url) });
}
