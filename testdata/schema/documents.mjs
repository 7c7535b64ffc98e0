// Writes what the guides show into documents/: the files of docs/relay.md, each a block
// that begins with its name, where Relay's compiler finds them, with the schema, which it
// takes by no other ending; and the requests of the other guides, where ESLint finds them.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { read } from './sdl.mjs';

rmSync('documents', { recursive: true, force: true });
mkdirSync('documents/__generated__', { recursive: true });
writeFileSync('documents/__generated__/package.json', '{"type": "commonjs"}\n'); // what the compiler writes
copyFileSync('../../schema.graphqls', 'documents/schema.graphql');

write('relay', /^```js\n\/\/ (\w+\.js)\n([^]*?)^```$/gm, ([, name, code]) => [name, code]);
write('curate', /^```graphql\n([^]*?)^```$/gm, ([, code], i) => [`curate-${i + 1}.graphql`, code]);

function write(guide, block, fileOf) {
  const shown = [...read(`../../docs/${guide}.md`).matchAll(block)];
  if (shown.length < 5) throw new Error(`docs/${guide}.md shows only ${shown.length} files or requests`);
  for (const [name, code] of shown.map(fileOf)) writeFileSync(`documents/${name}`, code);
}
