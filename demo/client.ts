import { randomUUID } from 'node:crypto';
import type { AnyRouteContract } from '../contracts/route.ts';
import { DEMO_PASSWORD } from './accounts.ts';

// biome-ignore lint/suspicious/noExplicitAny: the demonstration reads answers of every route
type Anything = any;

/** JSON as the API answers it; its shape is the contract's. */
export type Json = Anything;

/** An answer of the API. */
export interface Answer {
  readonly status: number;
  readonly etag: string | undefined;
  readonly body: Json;
}

/** A refusal where the story expected success. */
export class UnexpectedAnswer extends Error {
  constructor(operation: string, answer: Answer) {
    super(`${operation}: ${answer.status} ${JSON.stringify(answer.body)}`);
    this.name = 'UnexpectedAnswer';
  }
}

export interface CallOptions {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  /** The version to be changed; read beforehand by whoever calls. */
  readonly version?: number;
  readonly key?: string;
}

/** Somebody who uses the system over HTTP, as any client would. */
export class Person {
  readonly username: string;
  private readonly apiUrl: string;
  private readonly issuerUrl: string;
  private readonly clientId: string;
  private readonly now: () => number;
  private token: { text: string; until: number } | undefined;

  constructor(username: string, system: { apiUrl: string; issuerUrl: string; clientId: string; now: () => number }) {
    this.username = username;
    this.apiUrl = system.apiUrl;
    this.issuerUrl = system.issuerUrl;
    this.clientId = system.clientId;
    this.now = system.now;
  }

  /** Calls a route and returns whatever it answers. */
  async try(contract: AnyRouteContract, options: CallOptions = {}): Promise<Answer> {
    const path = contract.path.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(String(options.params?.[name] ?? '')),
    );
    const query = new URLSearchParams(
      Object.entries(options.query ?? {}).map(([name, value]): [string, string] => [name, String(value)]),
    );
    const command = contract.method !== 'GET';
    const answer = await fetch(`${this.apiUrl}${path}${query.size > 0 ? `?${query}` : ''}`, {
      method: contract.method,
      headers: {
        ...('public' in contract.access ? {} : { authorization: `Bearer ${await this.accessToken()}` }),
        ...(command ? { 'content-type': 'application/json', 'idempotency-key': options.key ?? randomUUID() } : {}),
        ...(options.version === undefined ? {} : { 'if-match': `"${options.version}"` }),
      },
      ...(command ? { body: JSON.stringify(options.body ?? {}) } : {}),
    });
    const text = await answer.text();
    const json = answer.headers.get('content-type')?.includes('json');
    return {
      status: answer.status,
      etag: answer.headers.get('etag') ?? undefined,
      body: json ? JSON.parse(text) : text,
    };
  }

  /** Calls a route that must succeed and returns its answer's body. */
  async do(contract: AnyRouteContract, options: CallOptions = {}): Promise<Json> {
    const answer = await this.try(contract, options);
    if (answer.status >= 300) throw new UnexpectedAnswer(contract.operation, answer);
    return answer.body;
  }

  private async accessToken(): Promise<string> {
    if (this.token && this.token.until > this.now()) return this.token.text;
    const answer = await fetch(`${this.issuerUrl}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'password',
        username: this.username,
        password: DEMO_PASSWORD,
        client_id: this.clientId,
      }),
    });
    if (!answer.ok) throw new Error(`sign-in of ${this.username}: ${answer.status} ${await answer.text()}`);
    const { access_token: text, expires_in: seconds } = (await answer.json()) as {
      access_token: string;
      expires_in: number;
    };
    // A minute early, so that no request travels with a token that ends on the way.
    this.token = { text, until: this.now() + (seconds - 60) * 1000 };
    return text;
  }
}
