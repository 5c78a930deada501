/** Structured log lines. Only these fields exist: bodies, tokens and personal data have no way in. */
export interface LogFields {
  readonly requestId?: string;
  readonly operation?: string;
  readonly status?: number;
  readonly code?: string;
  readonly milliseconds?: number;
  readonly count?: number;
  readonly execution?: string;
  readonly step?: string;
  readonly event?: string;
  readonly error?: string;
  readonly stack?: string;
}

export function log(level: 'info' | 'warn' | 'error', message: string, fields: LogFields = {}): void {
  console[level](JSON.stringify({ level, message, ...fields }));
}

/** The name and the frames of an error. Its message, which may name values, also stands at the head of its stack. */
export const describeError = (error: unknown): Pick<LogFields, 'error' | 'stack'> =>
  error instanceof Error ? { error: error.name, stack: framesOf(error) } : { error: typeof error };

const framesOf = ({ name, message, stack = '' }: Error): string =>
  stack
    .replace(message, '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 5)
    .map((line) => line.trim())
    .join(' | ') || name;
