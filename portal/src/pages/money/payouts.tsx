import { useNavigate } from '@tanstack/react-router';
import { payoutsRoutes } from '../../../../contracts/payouts.ts';
import { useList } from '../../api/queries.ts';
import { CommandForm } from '../../components/command-form.tsx';
import { More } from '../../components/more.tsx';
import { Page, Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Empty, ListStates } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { YearChoice } from '../../components/year-choice.tsx';
import { isNothing } from '../../format/amounts.ts';
import { minute, money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useOfficer } from './departments.ts';
import { Expected } from './expected.tsx';
import { PayoutState } from './payout-state.tsx';
import { useYear } from './year.ts';
import '../../styles/money.css';

/** The payment orders of a year, and how the next one is proposed. */
export default function Payouts() {
  const { strings, language } = useLanguage();
  const { year, years, choose } = useYear();
  const { is } = useOfficer();
  const navigate = useNavigate();
  const list = useList(payoutsRoutes.listPayouts, { query: { year: String(year), limit: 50 } });
  const text = strings.money.payouts;
  return (
    <Page
      title={strings.pages.payouts}
      lead={text.lead}
      aside={<YearChoice years={years} chosen={year} choose={choose} />}
    >
      <p className="page-links">
        <PageLink to="/bank-returns">{text.returns}</PageLink>
        <PageLink to="/recoveries" search={{ year: String(year) }}>
          {strings.pages.recoveries}
        </PageLink>
      </p>
      {is('regional-officer') && (
        <Section title={text.order}>
          <div className="card">
            <CommandForm
              contract={payoutsRoutes.orderPayout}
              name={`payout.${year}`}
              body={() => ({ year })}
              submit={`${text.order} · ${year}`}
              aside={<span className="quiet">{text.orderHint}</span>}
              done={({ id }) => navigate({ to: '/payouts/$payoutId', params: { payoutId: id } as never })}
            />
          </div>
        </Section>
      )}
      <ListStates of={list}>
        <Empty title={text.none} />
      </ListStates>
      {list.items.length > 0 && (
        <Table
          caption={strings.pages.payouts}
          rows={list.items}
          keyOf={({ id }) => id}
          columns={[
            {
              title: text.proposed,
              cell: ({ id, proposedAt }) => (
                <PageLink to="/payouts/$payoutId" params={{ payoutId: id }}>
                  {minute(proposedAt, language)}
                </PageLink>
              ),
            },
            {
              title: text.status,
              cell: (payout) => (
                <>
                  <PayoutState payout={payout} /> <Expected of={payout} />
                </>
              ),
            },
            { title: text.lines, figures: true, cell: ({ lineCount }) => String(lineCount) },
            { title: text.total, figures: true, cell: ({ total }) => money(total) },
            {
              title: text.deferred,
              figures: true,
              cell: ({ deferred }) => (isNothing(deferred) ? '—' : money(deferred)),
            },
            { title: text.paid, figures: true, cell: ({ paid }) => money(paid) },
          ]}
        />
      )}
      <More list={list} />
    </Page>
  );
}
