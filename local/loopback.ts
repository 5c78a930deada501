import type { Server } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** Listens on this machine only (0: any free port) and gives the base URL. Rejects when the port is taken. */
export function listenOnLoopback(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject);
      const address = server.address();
      if (typeof address !== 'object' || address === null) reject(new Error('the server has no port'));
      else resolve(`http://${LOOPBACK}:${address.port}`);
    });
  });
}

/** Host names and addresses that stay on this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
