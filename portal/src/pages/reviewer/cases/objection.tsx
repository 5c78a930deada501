import { type ReactNode, useState } from 'react';
import { claimsRoutes } from '../../../../../contracts/claims.ts';
import { publicityRoutes } from '../../../../../contracts/publicity.ts';
import type { Answer } from '../../../api/client.ts';
import { useRead } from '../../../api/queries.ts';
import { Facts } from '../../../components/page.tsx';
import { PageLink } from '../../../components/page-link.tsx';
import { Read } from '../../../components/states.tsx';
import { minute, money } from '../../../format/format.ts';
import { useLanguage } from '../../../language/language.tsx';
import { Bench } from '../bench.tsx';
import { type ClaimItem, Evidence, evidenceOf } from '../evidence.tsx';
import { Findings } from '../findings.tsx';
import type { Task } from '../task-order.ts';
import { Verdict } from '../verdict.tsx';

type Objection = Answer<typeof publicityRoutes.readObjection>;

interface CaseProps {
  readonly task: Task;
  /** The decision, which may correct the amount of the item. */
  readonly children: (item: { asked: string; shown: readonly [string, string] }) => ReactNode;
}

/** An objection beside the evidence of both sides (clause 七-(一)). */
export function ObjectionCase({ task, children }: CaseProps) {
  const objection = useRead(publicityRoutes.readObjection, { params: { objectionId: task.subject.id } });
  return <Read of={objection}>{(data) => <WithItem objection={data}>{children}</WithItem>}</Read>;
}

function WithItem({
  objection,
  children,
}: {
  readonly objection: Objection;
  readonly children: CaseProps['children'];
}) {
  const { claimId, claimItemId } = objection;
  const item = useRead(claimsRoutes.readClaimItem, { params: { claimId, itemId: claimItemId } });
  return (
    <Read of={item}>
      {(data) => (
        <Both objection={objection} item={data}>
          {children({ asked: data.asked, shown: [money(data.asked), money(data.audit?.approved ?? data.asked)] })}
        </Both>
      )}
    </Read>
  );
}

function Both({
  objection,
  item,
  children,
}: {
  readonly objection: Objection;
  readonly item: ClaimItem;
  readonly children: ReactNode;
}) {
  const { strings, language } = useLanguage();
  const text = strings.reviewer.objection;
  const [shown, show] = useState<string>();
  const documents = [
    ...objection.documentIds.map((id, i) => ({ id, label: text.evidence(i + 1) })),
    ...evidenceOf(item, strings.reviewer.evidence),
  ];
  return (
    <Bench documents={documents} chosen={shown} choose={show}>
      <section className="bench-part">
        <h2>{text.grounds}</h2>
        <blockquote className="statement">{objection.grounds}</blockquote>
        <Facts
          of={[
            [text.objector, objection.objector.name],
            [text.phone, objection.objector.phoneMasked],
            [text.lodged, minute(objection.lodgedAt, language)],
            [
              text.notice,
              <PageLink key="notice" to="/notices/$noticeId" params={{ noticeId: objection.noticeId }}>
                {text.toNotice}
              </PageLink>,
            ],
          ]}
        />
        {objection.joined.length > 0 && <p className="note">{text.joined(objection.joined.length)}</p>}
      </section>
      <section className="bench-part">
        <h2>{text.item}</h2>
        <Facts
          of={[
            [strings.reviewer.audit.enterprise, item.enterpriseName],
            [
              strings.reviewer.audit.voucherNumber,
              <span key="voucher" className="code">
                {item.voucherNumber}
              </span>,
            ],
            [strings.reviewer.audit.asked, money(item.asked)],
          ]}
        />
        <Verdict item={item} />
      </section>
      <Findings of={item.findings} />
      <Evidence item={item} show={show} />
      {children}
    </Bench>
  );
}
