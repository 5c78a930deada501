import { TimeLeft } from '../../components/time-left.tsx';
import type { Payout } from './payout-state.tsx';

interface ExpectedProps {
  readonly of: Pick<Payout, 'expectedBy' | 'workingDaysLeft'>;
}

/** By when those whose turn it is are expected to act, and the working days until then. */
export const Expected = ({ of: { expectedBy, workingDaysLeft } }: ExpectedProps) =>
  expectedBy === undefined || workingDaysLeft === undefined ? null : (
    <TimeLeft task={{ status: 'open', expectedBy, workingDaysLeft }} />
  );
