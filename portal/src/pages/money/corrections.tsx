import { correctionRoutes } from '../../../../contracts/corrections.ts';
import { useList } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { useReasonName } from '../../components/journal-table.tsx';
import { More } from '../../components/more.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Empty, ListStates } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { minute, money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';

/** What was corrected of a year's journal, or is proposed to be. */
export function Corrections({ year }: { readonly year: number }) {
  const { strings, language } = useLanguage();
  const reasonName = useReasonName();
  const text = strings.money.posting;
  const list = useList(correctionRoutes.listCorrections, { params: { year: String(year) }, query: { limit: 50 } });
  return (
    <>
      <ListStates of={list}>
        <Empty title={strings.money.ledger.correctionsNone} text={text.lead} />
      </ListStates>
      {list.items.length > 0 && (
        <Table
          caption={text.correction}
          rows={list.items}
          keyOf={({ postingId }) => postingId}
          columns={[
            {
              title: text.facts,
              cell: ({ postingId, reason }) => (
                <PageLink to="/ledger/$year/$postingId" params={{ year: String(year), postingId }}>
                  {reasonName(reason)}
                </PageLink>
              ),
            },
            { title: text.reasonCode, cell: ({ reasonCode }) => text.reasons[reasonCode] },
            { title: text.proposedAmount, figures: true, cell: ({ amount }) => money(amount) },
            { title: text.corrected, figures: true, cell: ({ corrected }) => money(corrected) },
            {
              title: strings.money.payouts.status,
              cell: ({ status }) => (
                <Badge tone={status === 'posted' ? 'good' : status === 'refused' ? 'bad' : 'warm'}>
                  {text.statuses[status]}
                </Badge>
              ),
            },
            { title: strings.money.ledger.at, cell: ({ proposedAt }) => minute(proposedAt, language) },
          ]}
        />
      )}
      <More list={list} />
    </>
  );
}
