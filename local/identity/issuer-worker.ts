import { parentPort, workerData } from 'node:worker_threads';
import { followClock } from '../clock/follow.ts';
import type { IssuerOrder } from './serve.ts';

// Before anything that reads the time is loaded.
const order = workerData as IssuerOrder;
followClock(order.offset);

const { serve } = await import('./serve.ts');
const { issuer, close } = await serve(order);
parentPort?.once('message', () => void close().then(() => parentPort?.close()));
parentPort?.postMessage(issuer);
