/** Where a voucher stands, as the public reads it. */
export const standings = ['active', 'used', 'claimed', 'payable', 'paid', 'ended'] as const;
export type Standing = (typeof standings)[number];

/** What an order may have come to; each includes the ones before it. */
export const milestones = ['placed', 'issued', 'delivered', 'claimed', 'audited', 'paid'] as const;
export type Milestone = (typeof milestones)[number];

/** Ways that something goes, each from a moment to a moment that its records hold. */
export const stages = [
  'certification',
  'answer',
  'signing',
  'delivery',
  'audit',
  'publicity',
  'industry-approval',
  'finance-approval',
  'issue-to-payment',
] as const;
export type Stage = (typeof stages)[number];
