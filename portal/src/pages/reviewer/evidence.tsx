import type { ReactNode } from 'react';
import type * as z from 'zod';
import type { claimItemAnswer } from '../../../../contracts/claims.ts';
import { ordersRoutes } from '../../../../contracts/orders.ts';
import { useRead } from '../../api/queries.ts';
import type { ShownDocument } from '../../components/document-view.tsx';
import { Facts } from '../../components/page.tsx';
import { Read } from '../../components/states.tsx';
import { total } from '../../format/amounts.ts';
import { day, money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import type { Strings } from '../../strings/zh-CN.ts';

export type ClaimItem = z.output<typeof claimItemAnswer>;

/** The papers of an item: contract, invoices, transfers, usage (clause 七-(一)). */
export function evidenceOf(item: ClaimItem, text: Strings['reviewer']['evidence']): ShownDocument[] {
  const { invoices, transfers, usage, contractDocumentId } = item;
  const documents = [
    { id: contractDocumentId, label: text.contract },
    ...invoices.map(({ documentId }, i) => ({ id: documentId, label: text.invoice(i + 1) })),
    ...transfers.map(({ documentId }, i) => ({ id: documentId, label: text.transfer(i + 1) })),
    ...(usage ? [{ id: usage.documentId, label: text.usage }] : []),
  ];
  // One file may prove two things; it is shown once.
  return documents.filter(({ id }, i) => documents.findIndex((other) => other.id === id) === i);
}

interface EvidenceProps {
  readonly item: ClaimItem;
  /** Opens a paper in the view beside it. */
  readonly show: (documentId: string) => void;
}

/** What was entered of each paper, with sums beside what the order says they should come to. */
export function Evidence({ item, show }: EvidenceProps) {
  const { strings, language } = useLanguage();
  const text = strings.reviewer.evidence;
  const { invoices, transfers, usage } = item;
  return (
    <>
      <Order item={item} show={show} />
      <section className="bench-part">
        <h3>{text.invoices}</h3>
        {invoices.length === 0 && <p className="quiet">{text.none}</p>}
        <ul className="papers">
          {invoices.map((invoice, i) => (
            <Paper
              key={invoice.documentId + invoice.number}
              name={text.invoice(i + 1)}
              amount={invoice.amount}
              show={() => show(invoice.documentId)}
              facts={[
                [text.number, <Code key="n">{[invoice.code, invoice.number].filter(Boolean).join(' ')}</Code>],
                [text.issued, day(invoice.issuedOn, language)],
                [text.buyer, <Code key="b">{invoice.buyerUscc}</Code>],
                [text.seller, <Code key="s">{invoice.sellerUscc}</Code>],
              ]}
            />
          ))}
        </ul>
        {invoices.length > 1 && <Sum amounts={invoices.map(({ amount }) => amount)} />}
      </section>
      <section className="bench-part">
        <h3>{text.transfers}</h3>
        {transfers.length === 0 && <p className="quiet">{text.none}</p>}
        <ul className="papers">
          {transfers.map((transfer, i) => (
            <Paper
              key={transfer.documentId + transfer.serial}
              name={text.transfer(i + 1)}
              amount={transfer.amount}
              show={() => show(transfer.documentId)}
              facts={[
                [text.serial, <Code key="s">{transfer.serial}</Code>],
                [text.paid, day(transfer.paidOn, language)],
                [text.payer, transfer.payerName],
                [text.payee, transfer.payeeName],
              ]}
            />
          ))}
        </ul>
        {transfers.length > 1 && <Sum amounts={transfers.map(({ amount }) => amount)} />}
      </section>
      <section className="bench-part">
        <h3>{text.usage}</h3>
        {usage ? (
          <ul className="papers">
            <Paper
              name={text.usage}
              show={() => show(usage.documentId)}
              facts={[
                [text.period, `${day(usage.from, language)} – ${day(usage.to, language)}`],
                ...(usage.activeUsers === undefined ? [] : [[text.users, text.usersValue(usage.activeUsers)] as const]),
                [text.summary, usage.summary],
              ]}
            />
          </ul>
        ) : (
          <p className="quiet">{text.missingUsage}</p>
        )}
      </section>
    </>
  );
}

const Code = ({ children }: { readonly children: ReactNode }) => <span className="code">{children}</span>;

/** How the contract's price is paid: what invoices and transfers are compared with (clause 一-(三)). */
function Order({ item, show }: EvidenceProps) {
  const { strings, language } = useLanguage();
  const text = strings.reviewer.evidence;
  const order = useRead(ordersRoutes.readOrder, { params: { orderId: item.orderId } });
  return (
    <Read of={order}>
      {({ contract, funding, deliveredFee, offeringName, voucher }) => (
        <section className="bench-part">
          <h3>{text.contract}</h3>
          <ul className="papers">
            <Paper
              name={offeringName}
              {...(contract ? { amount: contract.fee } : {})}
              show={() => show(item.contractDocumentId)}
              facts={[
                ...(contract
                  ? ([
                      [text.contractNumber, <Code key="n">{contract.number}</Code>],
                      [text.contractPeriod, `${day(contract.startsOn, language)} – ${day(contract.endsOn, language)}`],
                      [text.fee, money(contract.fee)],
                    ] as const)
                  : []),
                ...(deliveredFee ? [[text.delivered, money(deliveredFee)] as const] : []),
                ...(funding
                  ? ([
                      [text.ownShare, money(funding.ownShare)],
                      ...(isZero(funding.localTopUps) ? [] : [[text.localTopUps, money(funding.localTopUps)] as const]),
                    ] as const)
                  : []),
                ...(voucher ? [[text.voucher, money(voucher.face)] as const] : []),
              ]}
            />
          </ul>
        </section>
      )}
    </Read>
  );
}

const isZero = (yuan: string) => Number(yuan) === 0;

interface PaperProps {
  readonly name: string;
  readonly amount?: string;
  readonly show: () => void;
  readonly facts: readonly (readonly [string, ReactNode])[];
}

const Paper = ({ name, amount, show, facts }: PaperProps) => {
  const { strings } = useLanguage();
  const text = strings.reviewer.evidence;
  return (
    <li>
      <p className="paper-head">
        <strong>{name}</strong>
        {amount && <strong className="figures">{money(amount)}</strong>}
        <button type="button" className="link-button" aria-label={`${text.show} ${name}`} onClick={show}>
          {text.show}
        </button>
      </p>
      <Facts of={facts} />
    </li>
  );
};

function Sum({ amounts }: { readonly amounts: readonly string[] }) {
  const { strings } = useLanguage();
  return (
    <p className="papers-sum">
      {strings.reviewer.evidence.total} <strong className="figures">{money(total(amounts))}</strong>
    </p>
  );
}
