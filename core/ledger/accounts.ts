/**
 * Accounts of a fund and year. `appropriation` and `carryIn` are where money comes from (their balance is the
 * negative of what came in); the rest is where it is. Every transaction over them sums to zero (invariant 1), so
 * `available + reserved + active + accrued + paid + deferred − recovered` is always what came in (clause 一-(二)).
 */
export const accounts = [
  'appropriation',
  'carryIn',
  'available',
  'reserved',
  'active',
  'accrued',
  'paid',
  'deferred',
  'recovered',
] as const;
export type Account = (typeof accounts)[number];

/** Accounts that hold money: they never fall below zero, which is a condition of the write. */
export const holdingAccounts = ['available', 'reserved', 'active', 'accrued', 'paid', 'deferred'] as const;

export type Balances = Readonly<Record<Account, number>>;

export const emptyBalances: Balances = {
  appropriation: 0,
  carryIn: 0,
  available: 0,
  reserved: 0,
  active: 0,
  accrued: 0,
  paid: 0,
  deferred: 0,
  recovered: 0,
};
