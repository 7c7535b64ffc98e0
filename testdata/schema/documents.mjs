// Writes what the guides show into documents/: the configuration and the files of
// docs/relay.md, each a block that begins with its name, where Relay's compiler finds them,
// with the schema under an ending that it takes; and the requests of the other guides, where
// ESLint finds them.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { read } from './sdl.mjs';

const guide = (name) => read(`../../docs/${name}.md`);

function write(directory, text, block, fileOf) {
  const shown = [...text.matchAll(block)];
  if (shown.length < 5) throw new Error(`the guide shows only ${shown.length} for ${directory}`);
  for (const [name, code] of shown.map(fileOf)) writeFileSync(`documents/${directory}/${name}`, code);
}

rmSync('documents', { recursive: true, force: true });
mkdirSync('documents/relay/src/__generated__', { recursive: true });
mkdirSync('documents/curate');

const [, shown] = /^```json\n([^]*?)^```$/m.exec(guide('relay'));
const config = { ...JSON.parse(shown), language: 'javascript', eagerEsModules: false }; // what Node.js runs as it is
writeFileSync('documents/relay/relay.config.json', JSON.stringify(config));
writeFileSync('documents/relay/src/__generated__/package.json', '{"type": "commonjs"}\n');
copyFileSync('../../schema.graphqls', 'documents/relay/schema.graphql');

write('relay/src', guide('relay'), /^```js\n\/\/ (\w+\.js)\n([^]*?)^```$/gm, ([, name, code]) => [name, code]);
write('curate', guide('curate'), /^```graphql\n([^]*?)^```$/gm, ([, code], i) => [`${i + 1}.graphql`, code]);
