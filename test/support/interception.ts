import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

type Send = (command: unknown) => Promise<unknown>;

/** What stands between a client and the table: it sees each command, lets it proceed or not, and sees what came of it. */
export type Interceptor = (command: unknown, proceed: () => Promise<unknown>) => Promise<unknown>;

/** A client, and a way to stand between it and the table, for as long as what is given back isn't called. */
export interface Interceptable {
  readonly client: DynamoDBDocumentClient;
  intercept(interceptor: Interceptor): () => void;
}

export function interceptable(real: DynamoDBDocumentClient): Interceptable {
  const interceptors = new Set<Interceptor>();
  const really = real.send.bind(real) as unknown as Send;
  const send: Send = (command) => {
    let proceed = () => really(command);
    for (const interceptor of interceptors) {
      const next = proceed;
      proceed = () => interceptor(command, next);
    }
    return proceed();
  };
  return {
    client: { send, destroy: () => real.destroy() } as unknown as DynamoDBDocumentClient,
    intercept(interceptor) {
      interceptors.add(interceptor);
      return () => void interceptors.delete(interceptor);
    },
  };
}
