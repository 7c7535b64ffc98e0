// Installs the packages of package-lock.json, unless they are installed.
import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';

if (!existsSync(new URL('node_modules/.package-lock.json', import.meta.url))) {
  execSync('npm ci --no-audit --no-fund --loglevel=error', { stdio: 'inherit', cwd: new URL('.', import.meta.url) });
}
