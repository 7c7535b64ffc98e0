// Serves the news subgraph on a local port and prints its address. It stops on a signal, or
// when the parent process ends.
import { createServer } from 'node:http';
import { news } from './subgraph.js';

const server = createServer(news);
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  console.log(`News at http://127.0.0.1:${server.address().port}/graphql`);
});

function stop() {
  server.close(() => process.exit(0));
  server.closeAllConnections();
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
if (process.env.UNTIL_STDIN_ENDS) process.stdin.on('end', stop).resume();
