/** Structured log lines. Only these fields exist: bodies, tokens and personal data have no way in. */
export interface LogFields {
  readonly requestId?: string;
  readonly operation?: string;
  readonly status?: number;
  readonly code?: string;
  readonly milliseconds?: number;
  readonly execution?: string;
  readonly step?: string;
  readonly event?: string;
  readonly error?: string;
  readonly stack?: string;
}

export function log(level: 'info' | 'warn' | 'error', message: string, fields: LogFields = {}): void {
  console[level](JSON.stringify({ level, message, ...fields }));
}

/** The name and stack of an error without its message's values. */
export const describeError = (error: unknown): Pick<LogFields, 'error' | 'stack'> =>
  error instanceof Error
    ? { error: error.name, ...(error.stack ? { stack: error.stack.split('\n').slice(1, 6).join(' | ') } : {}) }
    : { error: typeof error };
