// Starts Chancery, the news subgraph and the gateway, and stops them on Ctrl-C.
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
Composed  ${Object.entries(composed).map(([composer, { supergraphSdl }]) => `by ${composer} (${supergraphSdl.length} characters)`).join(' and ')}
Gateway   ${url}

Send a query:

  curl -s ${url} -H 'content-type: application/json' \\
    -d '${JSON.stringify({ query })}'

Press Ctrl-C to stop everything.`);
