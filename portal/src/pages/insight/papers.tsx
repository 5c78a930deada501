import { Table } from '../../components/table.tsx';
import { money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import type { Matter } from './matter.ts';

interface Paper {
  readonly name: string;
  readonly id: string;
  readonly detail: string;
}

/** What proves each step: documents by their ids, with what they say. */
export function Papers({ matter: { order, item } }: { readonly matter: Matter }) {
  const { strings } = useLanguage();
  const text = strings.insight.follow;
  const { contract, deliveryDocumentId } = order;
  const papers: readonly Paper[] = [
    ...(contract
      ? [{ name: text.contract(contract.number), id: contract.documentId, detail: `${text.sha} ${contract.sha256}` }]
      : []),
    ...(deliveryDocumentId
      ? [{ name: text.delivery, id: deliveryDocumentId, detail: order.deliveredFee ? money(order.deliveredFee) : '' }]
      : []),
    ...(item?.invoices ?? []).map(({ number, documentId, amount, issuedOn }) => ({
      name: text.invoice(number),
      id: documentId,
      detail: `${money(amount)} · ${issuedOn}`,
    })),
    ...(item?.transfers ?? []).map(({ serial, documentId, amount, payerName, payeeName, paidOn }) => ({
      name: text.transfer(serial),
      id: documentId,
      detail: `${money(amount)} · ${payerName} → ${payeeName} · ${paidOn}`,
    })),
    ...(item?.usage
      ? [{ name: text.usage, id: item.usage.documentId, detail: `${item.usage.from} – ${item.usage.to}` }]
      : []),
  ];
  if (papers.length === 0)
    return (
      <div className="card">
        <p className="quiet">{text.noDocuments}</p>
      </div>
    );
  return (
    <Table
      caption={text.documents}
      rows={papers}
      keyOf={({ name, id }) => `${name} ${id}`}
      columns={[
        { title: text.document, cell: ({ name }) => <strong>{name}</strong> },
        { title: text.detail, cell: ({ detail }) => <span className="paper-detail">{detail}</span> },
        { title: text.reference, cell: ({ id }) => <span className="code">{id}</span> },
      ]}
    />
  );
}
