import {
  correctionReasons,
  reductionReasons,
  rejectionReasons,
  reviewReasonCodes,
} from '../../../../contracts/names.ts';
import { Badge } from '../../components/badge.tsx';
import { Facts } from '../../components/page.tsx';
import { day, minute, money } from '../../format/format.ts';
import { type Bilingual, useLanguage } from '../../language/language.tsx';
import type { ClaimItem } from './evidence.tsx';

const reasons: Readonly<Record<string, Bilingual>> = {
  ...reviewReasonCodes,
  ...correctionReasons,
  ...reductionReasons,
  ...rejectionReasons,
};

export const verdictTones = { approve: 'good', reduce: 'warm', reject: 'bad', return: 'warm' } as const;

/** The auditor's word on an item as it stands, and what the provider said to a deduction (clause 七-(二)). */
export function Verdict({ item }: { readonly item: ClaimItem }) {
  const { strings, language, pick } = useLanguage();
  const text = strings.reviewer.audit;
  const { audit, hearing } = item;
  if (!audit) return null;
  const named = (code: string) => (reasons[code] ? pick(reasons[code]) : code);
  return (
    <>
      <Facts
        of={[
          [
            text.verdict,
            <Badge key="outcome" tone={verdictTones[audit.outcome]}>
              {text.outcomes[audit.outcome]}
            </Badge>,
          ],
          [
            text.approved,
            <span key="approved" className="figures">
              {money(audit.approved)}
            </span>,
          ],
          ...(audit.reasonCode ? [[text.reason, named(audit.reasonCode)] as const] : []),
          ...(audit.severity ? [[text.severity, text.severities[audit.severity]] as const] : []),
          ...(audit.recognisedFee ? [[text.recognised, money(audit.recognisedFee)] as const] : []),
          ...(audit.note ? [[text.note, audit.note] as const] : []),
          [strings.reviewer.task.at, minute(audit.auditedAt, language)],
        ]}
      />
      {audit.reasons.length > 0 && (
        <ul className="findings">
          {audit.reasons.map(({ pointer, reasonCode, note }) => (
            <li key={pointer}>
              <strong>{fieldName(pointer, text.fieldNames)}</strong> {named(reasonCode)}{' '}
              {note && <span className="quiet">{note}</span>}
            </li>
          ))}
        </ul>
      )}
      {audit.outcome === 'reduce' && (
        <div className="note">
          <p>
            <strong>{text.hearing}</strong>
          </p>
          {hearing ? (
            <>
              <p className="quiet">{text.hearingAt(money(hearing.proposed))}</p>
              <blockquote className="statement">{hearing.statement}</blockquote>
            </>
          ) : (
            <p>
              {text.hearingNone} {audit.hearingUntil && text.hearingUntil(day(audit.hearingUntil, language))}
            </p>
          )}
        </div>
      )}
    </>
  );
}

const fieldName = (pointer: string, names: Readonly<Record<string, string>>): string =>
  Object.entries(names).find(([field]) => pointer === field || pointer.startsWith(`${field}/`))?.[1] ?? pointer;
