import type { Command } from '../ports/context.ts';
import { ok, type Result, refuse } from '../result.ts';

/** Refuses with `stale-version` when the client saw another version than the stored one. */
export const seenBy = (
  command: Pick<Command, 'expectedVersion'>,
  entity: { readonly version: number },
): Result<void> =>
  command.expectedVersion === undefined || command.expectedVersion === entity.version
    ? ok(undefined)
    : refuse('stale-version', { values: { current: entity.version }, currentVersion: entity.version });
