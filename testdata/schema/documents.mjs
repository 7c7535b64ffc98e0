// Writes the files that docs/relay.md shows, each a block that begins with its name,
// into documents/, where Relay's compiler finds them, and the schema, which it takes
// by no other ending.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { read } from './sdl.mjs';

rmSync('documents', { recursive: true, force: true });
mkdirSync('documents/__generated__', { recursive: true });
writeFileSync('documents/__generated__/package.json', '{"type": "commonjs"}\n'); // what the compiler writes
copyFileSync('../../schema.graphqls', 'documents/schema.graphql');

const shown = [...read('../../docs/relay.md').matchAll(/^```js\n\/\/ (\w+\.js)\n([^]*?)^```$/gm)];
for (const [, name, code] of shown) writeFileSync(`documents/${name}`, code);
if (shown.length < 5) throw new Error(`docs/relay.md shows only ${shown.length} files`);
