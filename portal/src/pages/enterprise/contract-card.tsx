import { DocumentView } from '../../components/document-view.tsx';
import { Facts, Section } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { day, minute, money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import type { OrderDetails } from './order-status.ts';

/** The contract that the provider answered with: its lines, its text, and what was delivered of it. */
export function ContractCard({ order, organisationId }: { order: OrderDetails; organisationId: string }) {
  const { strings, language } = useLanguage();
  const names = useNames();
  const text = strings.enterprise.order;
  const { contract, deliveredFees, deliveryDocumentId } = order;
  if (!contract) return null;
  const rows = contract.lines.map((line, index) => ({ ...line, index, delivered: deliveredFees?.[index] }));
  return (
    <Section title={text.contract}>
      <div className="card">
        <Facts
          of={[
            [text.contractNumber, contract.number],
            [text.contractPeriod, text.period(day(contract.startsOn, language), day(contract.endsOn, language))],
            [text.answeredAt, minute(contract.answeredAt, language)],
            [text.total, `${money(contract.listPrice)} − ${money(contract.discount)} = ${money(contract.fee)}`],
          ]}
        />
      </div>
      <Table
        caption={text.lines}
        rows={rows}
        keyOf={({ index }) => String(index)}
        columns={[
          {
            title: text.line,
            cell: ({ description, kind }) => (
              <>
                <strong>{description}</strong> <span className="quiet">{names.kind(kind)}</span>
              </>
            ),
          },
          { title: text.listPrice, cell: ({ listPrice }) => money(listPrice), figures: true },
          { title: text.discount, cell: ({ discount }) => money(discount), figures: true },
          { title: text.lineFee, cell: ({ fee }) => money(fee), figures: true },
          ...(deliveredFees
            ? [
                {
                  title: text.delivered,
                  cell: ({ delivered }: (typeof rows)[number]) => (delivered ? money(delivered) : '—'),
                  figures: true,
                },
              ]
            : []),
        ]}
      />
      <DocumentView
        organisationId={organisationId}
        documents={[
          { id: contract.documentId, label: text.document },
          ...(deliveryDocumentId ? [{ id: deliveryDocumentId, label: text.evidence }] : []),
        ]}
      />
    </Section>
  );
}
