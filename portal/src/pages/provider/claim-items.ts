import type { claimsRoutes } from '../../../../contracts/claims.ts';
import type { Answer } from '../../api/client.ts';
import type { Strings } from '../../strings/zh-CN.ts';

export type Claim = Answer<typeof claimsRoutes.readClaim>;
export type ClaimItem = Answer<typeof claimsRoutes.readClaimItem>;
type EvidenceKind = keyof Strings['provider']['claim']['kinds'];

export const claimTones = {
  draft: 'calm',
  'under-audit': 'warm',
  returned: 'bad',
  'in-publicity': 'warm',
  final: 'good',
} as const satisfies Record<Claim['status'], string>;

export const itemTones = {
  draft: 'calm',
  filed: 'warm',
  returned: 'bad',
  approved: 'good',
  rejected: 'bad',
  objected: 'warm',
  final: 'good',
  refused: 'bad',
  'in-payout': 'good',
  accrued: 'good',
  paid: 'good',
  deferred: 'warm',
  withdrawn: 'calm',
} as const satisfies Record<ClaimItem['status'], string>;

/** What an item has of the evidence that filing needs (clause 七-(一)); the order's contract is always there. */
export const evidenceOf = ({
  invoices,
  transfers,
  usage,
}: Pick<ClaimItem, 'invoices' | 'transfers' | 'usage'>): readonly (readonly [EvidenceKind, boolean])[] => [
  ['invoice', invoices.length > 0],
  ['contract', true],
  ['transfer', transfers.length > 0],
  ['usage', usage !== undefined],
];

export const missingOf = (item: ClaimItem): readonly EvidenceKind[] =>
  evidenceOf(item).flatMap(([kind, isThere]) => (isThere ? [] : [kind]));

/** Whether an item can be filed: all its evidence is there, and what was sent back was corrected. */
export const isReady = (item: ClaimItem): boolean =>
  missingOf(item).length === 0 && !(item.status === 'returned' && item.correctedAt === undefined);

/** A proposed deduction that the provider may still answer (clause 七-(二)). */
export const awaitsHearing = (
  { audit, hearing }: ClaimItem,
  claim: Pick<Claim, 'status' | 'auditCompletedAt'>,
): boolean =>
  audit?.outcome === 'reduce' &&
  !(hearing && Number(audit.approved) >= Number(hearing.proposed)) &&
  (claim.status === 'returned' || (claim.status === 'under-audit' && claim.auditCompletedAt === undefined));

/** Whether the provider may change an item now. */
export const isOpen = (item: ClaimItem, claim: Pick<Claim, 'status'>): boolean =>
  (claim.status === 'draft' || claim.status === 'returned') && (item.status === 'draft' || item.status === 'returned');
