import net from 'node:net';
import { isLoopback } from '../loopback.ts';

/**
 * Refuses every TCP connection of this thread that would leave the machine. A function whose endpoint was forgotten would
 * otherwise talk to the real cloud from somebody's laptop.
 */
export function stayOnLoopback(): void {
  const { connect } = net.Socket.prototype;
  Object.assign(net.Socket.prototype, {
    connect(this: net.Socket, ...args: unknown[]) {
      const host = hostOf(args);
      if (host === undefined || isLoopback(host)) return Reflect.apply(connect, this, args);
      const error = Object.assign(new Error(`connection to ${host} refused: the local runtime stays on this machine`), {
        code: 'ENETUNREACH',
      });
      process.nextTick(() => this.destroy(error));
      return this;
    },
  });
}

/** The host in any of the forms of `socket.connect`; undefined for a local path and for the default, localhost. */
function hostOf(args: readonly unknown[]): string | undefined {
  const [first, second] = args;
  // `net.connect` and the HTTP agent pass one list of already normalized arguments.
  if (Array.isArray(first)) return hostOf(first);
  if (typeof first === 'object' && first !== null) {
    return 'host' in first && typeof first.host === 'string' ? first.host : undefined;
  }
  return typeof second === 'string' ? second : undefined;
}
