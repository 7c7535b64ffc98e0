// Extracts the code blocks of the guides into documents/: for Relay's compiler the
// configuration and the files of docs/relay.md (blocks that begin with the name of a file),
// with the schema under the file extension that it accepts; for ESLint the operations of
// docs/curate.md.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { read } from './sdl.mjs';

const guide = (name) => read(`../../docs/${name}.md`);

function extract(directory, text, pattern, fileOf) {
  const blocks = [...text.matchAll(pattern)];
  if (blocks.length < 5) throw new Error(`the guide has only ${blocks.length} code blocks for ${directory}; want at least 5`);
  for (const [name, code] of blocks.map(fileOf)) writeFileSync(`documents/${directory}/${name}`, code);
}

rmSync('documents', { recursive: true, force: true });
mkdirSync('documents/relay/src/__generated__', { recursive: true });
mkdirSync('documents/curate');

const [, configBlock] = /^```json\n([^]*?)^```$/m.exec(guide('relay'));
const config = { ...JSON.parse(configBlock), language: 'javascript', eagerEsModules: false }; // which Node.js runs without a bundler
writeFileSync('documents/relay/relay.config.json', JSON.stringify(config));
writeFileSync('documents/relay/src/__generated__/package.json', '{"type": "commonjs"}\n');
// Introspection lists @defer, which the file leaves out, as it does all that GraphQL itself defines.
const defer = 'directive @defer(if: Boolean! = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT\n';
writeFileSync('documents/relay/schema.graphql', `${read('../../schema.graphqls')}\n${defer}`);

extract('relay/src', guide('relay'), /^```js\n\/\/ (\w+\.js)\n([^]*?)^```$/gm, ([, name, code]) => [name, code]);
extract('curate', guide('curate'), /^```graphql\n([^]*?)^```$/gm, ([, code], i) => [`${i + 1}.graphql`, code]);
