import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createProvider, type ProviderOptions } from './provider.ts';

/** What the worker is started with. */
export interface IssuerOrder extends Omit<ProviderOptions, 'issuer'> {
  readonly port: number;
  readonly offset: SharedArrayBuffer;
}

/** Listens first: the issuer's name contains its port. */
export async function serve(order: IssuerOrder): Promise<{ issuer: string; close(): Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(order.port, '127.0.0.1', resolve);
  });
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    server.on('request', createProvider({ ...order, issuer }).callback());
  } catch (error) {
    server.close();
    throw error;
  }
  return {
    issuer,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const impatience = setTimeout(() => server.closeAllConnections(), 1000);
      return closed.finally(() => clearTimeout(impatience));
    },
  };
}
