import { createServer } from 'node:http';
import { listenOnLoopback } from '../local/loopback.ts';

/** Answers these bytes to whatever is asked: what Node itself can do. */
export async function startBare(body: string): Promise<{ url: string; stop(): void }> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    response.end(body);
  });
  const url = await listenOnLoopback(server, 0);
  return {
    url,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
