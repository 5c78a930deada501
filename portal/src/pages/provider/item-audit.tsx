import { claimsRoutes } from '../../../../contracts/claims.ts';
import { reductionReasons, rejectionReasons } from '../../../../contracts/names.ts';
import { Badge } from '../../components/badge.tsx';
import { CommandForm } from '../../components/command-form.tsx';
import { LongTextField } from '../../components/field.tsx';
import { Facts, Section } from '../../components/page.tsx';
import { day, minute, money } from '../../format/format.ts';
import { type Bilingual, useLanguage } from '../../language/language.tsx';
import { awaitsHearing, type Claim, type ClaimItem } from './claim-items.ts';
import { remarksOf } from './offering-version.ts';

interface ItemAuditProps {
  readonly claim: Claim;
  readonly item: ClaimItem;
  readonly organisationId: string;
}

const reasonNames: Readonly<Record<string, Bilingual>> = { ...reductionReasons, ...rejectionReasons };
const tones = { approve: 'good', reduce: 'warm', reject: 'bad', return: 'bad' } as const;

/** What the audit says of an item, and the provider's word on it (clauses 七-(一), 七-(二)). */
export function ItemAudit({ claim, item, organisationId }: ItemAuditProps) {
  const { strings, language, pick } = useLanguage();
  const text = strings.provider.item;
  const { audit, hearing } = item;
  if (!audit) return null;
  const reason = audit.reasonCode === undefined ? undefined : reasonNames[audit.reasonCode];
  return (
    <Section title={text.audit}>
      <div className="card audit">
        <Facts
          of={[
            [
              text.outcome,
              <Badge key="outcome" tone={tones[audit.outcome]}>
                {text.outcomes[audit.outcome]}
              </Badge>,
            ],
            ...(audit.outcome === 'return' ? [] : [[text.approved, money(audit.approved)] as const]),
            ...(reason ? [[text.reason, pick(reason)] as const] : []),
            ...(audit.severity ? [[text.severity, text.severities[audit.severity]] as const] : []),
            ...(audit.recognisedFee ? [[text.recognised, money(audit.recognisedFee)] as const] : []),
            ...(audit.note ? [[text.note, audit.note] as const] : []),
            [text.auditedAt, minute(audit.auditedAt, language)],
          ]}
        />
        {audit.outcome === 'return' && audit.reasons.length > 0 && (
          <>
            <h3>{text.returnedAt}</h3>
            <ul className="findings">
              {remarksOf(audit.reasons).map(({ pointer, code, detail, detailEn }) => (
                <li key={`${pointer} ${code}`}>
                  <strong>{placeOf(pointer, text)} </strong>
                  {language === 'zh' ? detail : detailEn}
                </li>
              ))}
            </ul>
          </>
        )}
        {hearing && (
          <>
            <h3>{text.heard}</h3>
            <p className="own-words">{hearing.statement}</p>
            <p className="quiet">{text.heardAt(day(hearing.at, language))}</p>
          </>
        )}
      </div>
      {awaitsHearing(item, claim) && <Hearing item={item} organisationId={organisationId} />}
    </Section>
  );
}

/** The part of the evidence that a pointer is about: "/transfers/1/amount" is the second transfer. */
function placeOf(pointer: string, text: ReturnType<typeof useLanguage>['strings']['provider']['item']): string {
  const [, part, index] = pointer.split('/');
  const number = Number(index) + 1;
  switch (part) {
    case 'invoices':
      return index === undefined ? text.invoices : text.invoiceN(number);
    case 'transfers':
      return index === undefined ? text.transfers : text.transferN(number);
    case 'usage':
      return text.usage;
    default:
      return text.contract;
  }
}

function Hearing({ item, organisationId }: Omit<ItemAuditProps, 'claim'>) {
  const { strings, language } = useLanguage();
  const text = strings.provider.item;
  return (
    <CommandForm
      contract={claimsRoutes.hearProvider}
      name={`hearing.${item.id}`}
      call={{ params: { claimId: item.claimId, itemId: item.id }, version: item.version, organisationId }}
      title={text.hearing}
      lead={text.hearingLead(money(item.audit?.approved ?? '0.00'), day(item.audit?.hearingUntil ?? '', language))}
      submit={text.hear}
      className="card"
    >
      {({ bind }) => <LongTextField label={text.statement} hint={text.statementHint} {...bind('/statement')} />}
    </CommandForm>
  );
}
