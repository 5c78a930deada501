import { randomUUID } from 'node:crypto';
import type { AnyRouteContract } from '../contracts/route.ts';
import { DEMO_PASSWORD } from './accounts.ts';
import { untilAnswered } from './until-answered.ts';

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

/** A command that the system accepted, with all that is needed to send it again. */
export interface AcceptedCommand {
  readonly username: string;
  readonly contract: AnyRouteContract;
  readonly options: CallOptions & { readonly key: string };
  readonly answer: Answer;
}

/** Where and how a person finds the system. */
export interface Access {
  readonly apiUrl: string;
  readonly issuerUrl: string;
  readonly clientId: string;
  /** The system's time, in milliseconds since the epoch. */
  readonly now: () => number;
  readonly onAccepted?: (command: AcceptedCommand) => void;
}

/**
 * Somebody who uses the system over HTTP, as a good client would: a request that got no answer is sent again under the
 * same idempotency key.
 */
export class Person {
  readonly username: string;
  private readonly system: Access;
  private token: { text: string; until: number } | undefined;

  constructor(username: string, system: Access) {
    this.username = username;
    this.system = system;
  }

  /** Calls a route and returns whatever it answers. */
  async try(contract: AnyRouteContract, options: CallOptions = {}): Promise<Answer> {
    const path = contract.path.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(String(options.params?.[name] ?? '')),
    );
    const query = new URLSearchParams(
      Object.entries(options.query ?? {}).map(([name, value]): [string, string] => [name, String(value)]),
    );
    const url = `${this.system.apiUrl}${path}${query.size > 0 ? `?${query}` : ''}`;
    const command = contract.method !== 'GET';
    const key = options.key ?? randomUUID();
    const answer = await untilAnswered(async () => {
      const response = await fetch(url, {
        method: contract.method,
        headers: {
          ...('public' in contract.access ? {} : { authorization: `Bearer ${await this.accessToken()}` }),
          ...(command ? { 'content-type': 'application/json', 'idempotency-key': key } : {}),
          ...(options.version === undefined ? {} : { 'if-match': `"${options.version}"` }),
        },
        ...(command ? { body: JSON.stringify(options.body ?? {}) } : {}),
      });
      return answerOf(response);
    });
    if (command && answer.status < 300) {
      this.system.onAccepted?.({ username: this.username, contract, options: { ...options, key }, answer });
    }
    return answer;
  }

  /** Calls a route that must succeed and returns its answer's body. */
  async do(contract: AnyRouteContract, options: CallOptions = {}): Promise<Json> {
    const answer = await this.try(contract, options);
    if (answer.status >= 300) throw new UnexpectedAnswer(contract.operation, answer);
    return answer.body;
  }

  private async accessToken(): Promise<string> {
    if (this.token && this.token.until > this.system.now()) return this.token.text;
    const { status, body } = await untilAnswered(async () =>
      answerOf(
        await fetch(`${this.system.issuerUrl}/token`, {
          method: 'POST',
          body: new URLSearchParams({
            grant_type: 'password',
            username: this.username,
            password: DEMO_PASSWORD,
            client_id: this.system.clientId,
          }),
        }),
      ),
    );
    if (status !== 200) throw new Error(`sign-in of ${this.username}: ${status} ${JSON.stringify(body)}`);
    // A minute early, so that no request travels with a token that ends on the way.
    this.token = { text: body.access_token, until: this.system.now() + (body.expires_in - 60) * 1000 };
    return body.access_token;
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  return {
    status: response.status,
    etag: response.headers.get('etag') ?? undefined,
    body: response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text,
  };
}
