import { recoveriesRoutes } from '../../../../contracts/recoveries.ts';
import { useList } from '../../api/queries.ts';
import { More } from '../../components/more.tsx';
import { Page } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Empty, ListStates } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { YearChoice } from '../../components/year-choice.tsx';
import { minute, money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { RecoveryState } from './recovery-state.tsx';
import { useYear } from './year.ts';

/** Money that is taken back from the vouchers of a year. */
export default function Recoveries() {
  const { strings, language } = useLanguage();
  const { year, years, choose } = useYear();
  const text = strings.money.recoveries;
  const list = useList(recoveriesRoutes.listRecoveries, { query: { year: String(year), limit: 50 } });
  return (
    <Page
      title={strings.pages.recoveries}
      lead={text.lead}
      aside={<YearChoice years={years} chosen={year} choose={choose} />}
    >
      <ListStates of={list}>
        <Empty title={text.none} text={text.noneText}>
          <PageLink to="/payouts" search={{ year: String(year) }}>
            {strings.pages.payouts}
          </PageLink>
        </Empty>
      </ListStates>
      {list.items.length > 0 && (
        <Table
          caption={strings.pages.recoveries}
          rows={list.items}
          keyOf={({ id }) => id}
          columns={[
            {
              title: text.voucher,
              cell: ({ id, providerId, voucherNumber }) => (
                <PageLink to="/recoveries/$providerId/$recoveryId" params={{ providerId, recoveryId: id }}>
                  {voucherNumber}
                </PageLink>
              ),
            },
            { title: text.provider, cell: ({ providerName }) => providerName },
            { title: text.reason, cell: ({ reasonCode }) => text.reasons[reasonCode] },
            { title: text.amount, figures: true, cell: ({ amount }) => money(amount) },
            { title: text.open, figures: true, cell: ({ open }) => money(open) },
            { title: text.status, cell: ({ status }) => <RecoveryState status={status} /> },
            { title: strings.money.ledger.at, cell: ({ proposedAt }) => minute(proposedAt, language) },
          ]}
        />
      )}
      <More list={list} />
    </Page>
  );
}
