import type { WorkStrings } from '../zh-CN.ts';

export const signatures: WorkStrings['signatures'] = {
  system: (what) => `System (${what})`,
  doing: {
    'certification-review': 'certification',
    'claim-audit': 'audit of claims',
    deadlines: 'deadlines',
    'objection-handling': 'objections',
    'offering-review': 'review of offerings',
    payout: 'payments',
    'publicity-window': 'publicity',
    'waiting-list': 'waiting list',
    'year-end': 'close of the year',
  },
  refused: (department) => `Refused by ${department}`,
  lastChange: 'Last change',
  lastChangeOf: (from, to, reason) => `From ${from} to ${to}: ${reason}`,
  signedBy: (n) => `Signatures of version ${n}`,
  signers: 'Who signed',
  youDrafted: 'You wrote a part of it: somebody else puts it into force.',
  mayEnact: 'You wrote no part of it and may put it into force.',
  ends: 'Ended',
};
