import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';

/** Errors of the storage that say nothing about the request: busy, throttled, away, or no answer in time. */
const names = new Set([
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'TransactionInProgressException',
  'TransactionConflictException',
  'InternalServerError',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'TimeoutError',
  'NetworkingError',
]);
const codes = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);

/** Cancellation codes of somebody else writing at the same time, or too many. */
const conflicts = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/** Whether a transaction was cancelled by others alone: no condition of its own failed. */
const isCrowdedOut = ({ CancellationReasons = [] }: TransactionCanceledException): boolean =>
  CancellationReasons.some(({ Code }) => Code !== undefined && conflicts.has(Code)) &&
  CancellationReasons.every(({ Code = 'None' }) => Code === 'None' || conflicts.has(Code));

/**
 * Whether the same request may succeed when sent again. It may also have succeeded already: only what has one effect
 * however often it is done may be repeated.
 */
export const isTransient = (error: unknown): error is Error =>
  error instanceof TransactionCanceledException
    ? isCrowdedOut(error)
    : error instanceof Error && (names.has(error.name) || ('code' in error && codes.has(String(error.code))));

/** A pause that spreads those who try again: full jitter, from 5 ms doubling to half a second. */
export const fullJitter = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(500, 5 * 2 ** attempt)));
