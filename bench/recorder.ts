import { Agent, createServer, request } from 'node:http';
import { listenOnLoopback } from '../local/loopback.ts';

/** Stands in front of a DynamoDB engine and keeps every transaction that it accepted, as text. */
export interface Recorder {
  readonly endpoint: string;
  readonly transactions: readonly string[];
  stop(): void;
}

export async function startRecorder(engine: string): Promise<Recorder> {
  const { hostname, port } = new URL(engine);
  const transactions: string[] = [];
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method, headers, url: path } = incoming;
      const body = Buffer.concat(chunks);
      const passedOn = request({ agent, hostname, port, method, headers, path }, (answer) => {
        if (answer.statusCode === 200 && String(headers['x-amz-target']).endsWith('.TransactWriteItems')) {
          transactions.push(body.toString('utf8'));
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      passedOn.on('error', () => outgoing.destroy());
      passedOn.end(body);
    });
  });
  const endpoint = await listenOnLoopback(server, 0);
  return {
    endpoint,
    transactions,
    stop() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}
