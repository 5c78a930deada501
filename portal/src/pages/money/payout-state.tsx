import type { payoutsRoutes } from '../../../../contracts/payouts.ts';
import type { Answer } from '../../api/client.ts';
import { Badge } from '../../components/badge.tsx';
import { useLanguage } from '../../language/language.tsx';

export type Payout = Answer<typeof payoutsRoutes.readPayout>;
export type Line = Answer<typeof payoutsRoutes.listPayoutLines>['items'][number];

/** States that the system leaves by itself. */
export const isMoving = ({ status }: Pick<Payout, 'status'>): boolean =>
  status === 'collecting' || status === 'reopening' || status === 'accruing';

const SOON_MS = 800;
const OTHERS_DECIDE_MS = 1500;
const BANK_ANSWERS_MS = 15_000;

/** How often to look again: soon while the system is at work, now and then while somebody else may be. */
export function paceOf(payout: Payout): number | false {
  const { status, unanswered, failed } = payout;
  if (status === 'settled' || status === 'refused') return false;
  if (isMoving(payout) || (status === 'at-bank' && unanswered === 0) || (status === 'correcting' && failed === 0))
    return SOON_MS;
  return status === 'at-bank' || status === 'correcting' ? BANK_ANSWERS_MS : OTHERS_DECIDE_MS;
}

const tones = { settled: 'good', refused: 'bad', correcting: 'bad' } as const;
const lineTones = { paid: 'good', failed: 'bad', 'return-recorded': 'warm', returned: 'bad', sent: 'warm' } as const;

export function PayoutState({ payout }: { readonly payout: Payout }) {
  const { strings } = useLanguage();
  const { status, unanswered } = payout;
  const tone = status in tones ? tones[status as keyof typeof tones] : 'warm';
  return (
    <span className="badges">
      <Badge tone={tone}>{strings.money.payouts.statuses[status]}</Badge>
      {status === 'at-bank' && unanswered > 0 && <Badge>{strings.money.payout.unanswered(unanswered)}</Badge>}
    </span>
  );
}

export function LineState({ line }: { readonly line: Line }) {
  const { strings } = useLanguage();
  const { status } = line;
  const tone = status in lineTones ? lineTones[status as keyof typeof lineTones] : 'calm';
  return <Badge tone={tone}>{strings.money.payouts.lineStatuses[status]}</Badge>;
}
