/** Calls that read; all others are refused before they leave this process. */
const READS = /^(?:Scan|Query|GetItem|BatchGetItem|TransactGetItems|Describe\w+|List\w+|Get\w+|Head\w+)Command$/;

interface MiddlewareStack {
  add(
    middleware: (
      next: (args: never) => Promise<unknown>,
      context: { readonly commandName?: string },
    ) => (args: never) => Promise<unknown>,
    options: { readonly step: 'initialize'; readonly name: string },
  ): void;
}

/** The same client, which can't write any more: whatever a check does, it changes nothing. */
export function readOnly<C extends { readonly middlewareStack: unknown }>(client: C): C {
  (client.middlewareStack as MiddlewareStack).add(
    (next, { commandName = '' }) =>
      (args) => {
        if (!READS.test(commandName)) throw new Error(`verification only reads, and was about to call ${commandName}`);
        return next(args);
      },
    { step: 'initialize', name: 'readOnly' },
  );
  return client;
}
