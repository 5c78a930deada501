import { DocumentLink } from '../../components/document-link.tsx';
import { Facts } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { day, money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import type { ClaimItem } from './claim-items.ts';

interface EvidenceViewProps {
  readonly item: ClaimItem;
  readonly organisationId: string;
}

/** What was filed for a voucher, when it can no longer be changed. */
export function EvidenceView({ item, organisationId }: EvidenceViewProps) {
  const { strings, language } = useLanguage();
  const text = strings.provider.item;
  const file = (documentId: string, name: string) => (
    <DocumentLink documentId={documentId} organisationId={organisationId} name={name} />
  );
  return (
    <>
      <h3>{text.invoices}</h3>
      <Table
        caption={text.invoices}
        rows={item.invoices}
        keyOf={({ code, number }) => `${code} ${number}`}
        columns={[
          {
            title: text.number,
            cell: ({ code, number }) => (
              <span className="code">
                {code} {number}
              </span>
            ),
          },
          { title: text.issuedOn, cell: ({ issuedOn }) => day(issuedOn, language) },
          { title: text.amount, figures: true, cell: ({ amount }) => money(amount) },
          {
            title: text.invoiceFile,
            cell: ({ documentId, number }) => file(documentId, `${text.invoiceFile} ${number}`),
          },
        ]}
      />
      <h3>{text.transfers}</h3>
      <Table
        caption={text.transfers}
        rows={item.transfers}
        keyOf={({ serial }) => serial}
        columns={[
          { title: text.serial, cell: ({ serial }) => <span className="code">{serial}</span> },
          { title: text.payer, cell: ({ payerName }) => payerName },
          { title: text.paidOn, cell: ({ paidOn }) => day(paidOn, language) },
          { title: text.amount, figures: true, cell: ({ amount }) => money(amount) },
          {
            title: text.transferFile,
            cell: ({ documentId, serial }) => file(documentId, `${text.transferFile} ${serial}`),
          },
        ]}
      />
      {item.usage && (
        <>
          <h3>{text.usage}</h3>
          <div className="card">
            <Facts
              of={[
                [text.from, day(item.usage.from, language)],
                [text.to, day(item.usage.to, language)],
                ...(item.usage.activeUsers === undefined
                  ? []
                  : [[text.users, String(item.usage.activeUsers)] as const]),
                [text.usageFile, file(item.usage.documentId, text.usageFile)],
              ]}
            />
            <p className="own-words">{item.usage.summary}</p>
          </div>
        </>
      )}
      <p>
        {text.contract} {file(item.contractDocumentId, text.contract)}
      </p>
    </>
  );
}
