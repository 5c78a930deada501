import { connect, type Socket } from 'node:net';

/** A request as it goes over the wire, head and body. */
export type WireRequest = string;

export interface WireAnswer {
  readonly status: number;
  readonly body: string;
  readonly milliseconds: number;
}

/** Writes a request down once, so that sending it costs the client next to nothing. */
export function wireRequest(request: {
  method: string;
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}): WireRequest {
  const { body = '' } = request;
  const headers = {
    host: '127.0.0.1',
    ...request.headers,
    ...(body ? { 'content-length': String(Buffer.byteLength(body)) } : {}),
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `${[`${request.method} ${request.path} HTTP/1.1`, ...head].join('\r\n')}\r\n\r\n${body}`;
}

/**
 * One kept-alive connection, one request at a time. Plain sockets, because Node's own HTTP client is slower than the
 * servers that are measured and would flatter them. Answers must have a `content-length`.
 */
export class Connection {
  private readonly socket: Socket;
  private received: Buffer = Buffer.alloc(0);
  private sentAt = 0;
  private waiting: { resolve(answer: WireAnswer): void; reject(error: Error): void } | undefined;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.receive(chunk));
    socket.on('error', (error) => this.waiting?.reject(error));
    socket.on('close', () => this.waiting?.reject(new Error('the server closed the connection')));
  }

  static open(url: string): Promise<Connection> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => resolve(new Connection(socket)));
      socket.once('error', reject);
    });
  }

  send(request: WireRequest): Promise<WireAnswer> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.sentAt = performance.now();
      this.socket.write(request);
    });
  }

  close(): void {
    this.waiting = undefined;
    this.socket.destroy();
  }

  private receive(chunk: Buffer): void {
    this.received = this.received.length === 0 ? chunk : Buffer.concat([this.received, chunk]);
    const headEnd = this.received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const head = this.received.toString('latin1', 0, headEnd);
    const end = headEnd + 4 + Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    if (this.received.length < end) return;
    const answer = {
      status: Number(head.slice(9, 12)),
      body: this.received.toString('utf8', headEnd + 4, end),
      milliseconds: performance.now() - this.sentAt,
    };
    this.received = this.received.subarray(end);
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.resolve(answer);
  }
}
