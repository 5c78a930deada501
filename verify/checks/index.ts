import type { Check } from '../check.ts';
import { deadLetters } from './dead-letters.ts';
import { executions } from './executions.ts';
import { ledger } from './ledger.ts';
import { localFunds } from './local-funds.ts';
import { objects } from './objects.ts';
import { outbox } from './outbox.ts';
import { progress } from './progress.ts';
import { readable } from './readable.ts';
import { recoveries } from './recoveries.ts';
import { services } from './services.ts';
import { trail } from './trail.ts';
import { uniqueness } from './uniqueness.ts';
import { vouchers } from './vouchers.ts';
import { waitingList } from './waiting-list.ts';

/** Every check by its name. */
export const checks = {
  readable,
  trail,
  ledger,
  vouchers,
  'local-funds': localFunds,
  'waiting-list': waitingList,
  services,
  uniqueness,
  recoveries,
  progress,
  executions,
  outbox,
  'dead-letters': deadLetters,
  objects,
} as const satisfies Record<string, () => Check>;

export type CheckName = keyof typeof checks;
export const checkNames = Object.keys(checks) as CheckName[];
