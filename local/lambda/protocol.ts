/**
 * Messages between the pool and its worker threads. Payloads travel as JSON text, as they do in the cloud; the two messages
 * of every invocation are plain strings, which cross threads at half the cost of objects. To the worker: the request id
 * (36 characters), then the payload. From the worker: the result.
 */
export const REQUEST_ID_LENGTH = 36;

export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** What a worker says; a string is the result of its invocation. */
export type WorkerMessage =
  | string
  | { readonly kind: 'ready' }
  | { readonly kind: 'init-failed'; readonly error: FunctionError }
  | { readonly kind: 'error'; readonly error: FunctionError }
  | { readonly kind: 'log'; readonly line: string };

/** What a worker thread is started with. */
export interface WorkerData {
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly assetDirectory: string;
  readonly handler: string;
  readonly logFile: string;
  /** Whether log lines are also sent to the pool. */
  readonly forwardLog: boolean;
  readonly clockOffset: SharedArrayBuffer;
}
