import { useState } from 'react';
import { Facts } from '../../components/page.tsx';
import { money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { Bench } from './bench.tsx';
import { type ClaimItem, Evidence, evidenceOf } from './evidence.tsx';
import { Findings } from './findings.tsx';
import { Verdict } from './verdict.tsx';
import { VerdictForm } from './verdict-form.tsx';

interface AuditItemProps {
  readonly item: ClaimItem;
  readonly position: string;
  readonly mayAudit: boolean;
  readonly saved: (item: ClaimItem) => void;
}

/** One item of a claim beside its papers: what was entered, what the rules noticed, and the auditor's word on it. */
export function AuditItem({ item, position, mayAudit, saved }: AuditItemProps) {
  const { strings } = useLanguage();
  const text = strings.reviewer.audit;
  const [shown, show] = useState<string>();
  return (
    <Bench documents={evidenceOf(item, strings.reviewer.evidence)} chosen={shown} choose={show}>
      <section className="bench-part">
        <p className="quiet">{position}</p>
        <h2>{item.enterpriseName}</h2>
        <Facts
          of={[
            [
              text.asked,
              <strong key="asked" className="figures">
                {money(item.asked)}
              </strong>,
            ],
            [
              text.voucherNumber,
              <span key="voucher" className="code">
                {item.voucherNumber}
              </span>,
            ],
            [
              text.uscc,
              <span key="uscc" className="code">
                {item.enterpriseUscc}
              </span>,
            ],
          ]}
        />
        {item.correctedAt && <p className="note">{text.corrected}</p>}
      </section>
      <Findings of={item.findings} />
      <Evidence item={item} show={show} />
      {item.audit && (
        <section className="bench-part">
          <h2>{text.current}</h2>
          <Verdict item={item} />
        </section>
      )}
      {mayAudit && <VerdictForm item={item} saved={saved} />}
    </Bench>
  );
}
