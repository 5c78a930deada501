import { useLanguage } from '../../language/language.tsx';
import { useReasons } from '../../language/reasons.ts';
import type { Payout } from './payout-state.tsx';

type Refusal = NonNullable<Payout['refusal']>;

/** Which department said no, and why. */
export function Refused({ of: { department, reasonCode, note } }: { readonly of: Refusal }) {
  const { strings, language } = useLanguage();
  const reason = useReasons();
  const why = [reasonCode && reason(reasonCode), note].filter(Boolean).join(language === 'zh' ? '；' : '; ');
  return (
    <p className="note note-bad">
      <strong>{strings.signatures.refused(strings.plan.departments[department])}</strong>
      {why && `${language === 'zh' ? '：' : ': '}${why}`}
    </p>
  );
}
