import { createHash, timingSafeEqual } from 'node:crypto';

/** A person this issuer knows; `claims` are copied into tokens as they are. */
export type Account = {
  sub: string;
  username: string;
  password: string;
  name: string;
  /** Where they work, beside the name on the page where one signs in. */
  office?: string;
  claims: Record<string, unknown>;
};

export interface Accounts {
  readonly all: readonly Account[];
  bySub(sub: string): Account | undefined;
  /** The account of this name and password; unknown names and wrong passwords are the same answer. */
  authenticate(username: string, password: string): Account | undefined;
}

export function createAccounts(all: readonly Account[]): Accounts {
  const bySub = new Map(all.map((account) => [account.sub, account]));
  const byUsername = new Map(all.map((account) => [account.username, account]));
  if (bySub.size < all.length || byUsername.size < all.length) {
    throw new RangeError('two accounts share a subject or a username');
  }
  return {
    all,
    bySub: (sub) => bySub.get(sub),
    authenticate(username, password) {
      const account = byUsername.get(username);
      const matches = timingSafeEqual(digest(account?.password ?? ''), digest(password));
      return account && matches ? account : undefined;
    },
  };
}

const digest = (text: string) => createHash('sha256').update(text).digest();
