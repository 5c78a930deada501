import type { recoveriesRoutes } from '../../../../contracts/recoveries.ts';
import type { Answer } from '../../api/client.ts';
import { Badge } from '../../components/badge.tsx';
import { useLanguage } from '../../language/language.tsx';

export type Recovery = Answer<typeof recoveriesRoutes.readRecovery>;

const tones = { proposed: 'warm', confirmed: 'bad', rejected: 'calm', recovered: 'good' } as const;

export function RecoveryState({ status }: Pick<Recovery, 'status'>) {
  const { strings } = useLanguage();
  return <Badge tone={tones[status]}>{strings.money.recoveries.statuses[status]}</Badge>;
}
