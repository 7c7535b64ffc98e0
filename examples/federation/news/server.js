// Serves the news on a port of this machine, says where, and stops when told to or
// when whoever started it is gone.
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
