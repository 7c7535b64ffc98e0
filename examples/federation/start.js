// Starts all, says what to try, and stops all on Ctrl-C.
import { startAll } from './system.js';

let system;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, async () => {
    await system?.stop();
    process.exit(system ? 0 : 130);
  });
}

try {
  system = await startAll({ port: Number(process.env.PORT ?? 4000) });
} catch (error) {
  console.error(error.code === 'EADDRINUSE' ? `${error.message}; choose another port with PORT=…` : error.message);
  process.exit(1);
}
const { url, subgraphs, composed } = system;
const query = '{ state(by: {isoAlpha2: "KG"}) { name articles { nodes { title mentions { ... on Person { name } ... on State { name } } } } } }';

console.log(`
Chancery  ${subgraphs.chancery.url}
News      ${subgraphs.news.url}
Both compose: ${Object.entries(composed).map(([by, { supergraphSdl }]) => `${by}, ${supergraphSdl.length} characters`).join('; ')}
Gateway   ${url}

Ask it:

  curl -s ${url} -H 'content-type: application/json' \\
    -d '${JSON.stringify({ query })}'

Ctrl-C stops all.`);
