import { payoutsRoutes } from '../../../../contracts/payouts.ts';
import { useList } from '../../api/queries.ts';
import { More } from '../../components/more.tsx';
import { Page } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Empty, ListStates } from '../../components/states.tsx';
import { money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { BankReturn } from './bank-return.tsx';
import '../../styles/money.css';

/** What the bank gave back and waits for a second person of finance. */
export default function BankReturns() {
  const { strings } = useLanguage();
  const text = strings.money.returns;
  const list = useList(payoutsRoutes.listReturnsToConfirm, { query: { limit: 50 } });
  return (
    <Page
      title={strings.pages.bankReturns}
      lead={text.lead}
      aside={<PageLink to="/payouts">{strings.pages.payouts}</PageLink>}
    >
      <ListStates of={list}>
        <Empty title={text.none} text={text.noneText} />
      </ListStates>
      {list.items.map((line) => (
        <section key={line.id} className="card payout-line">
          <h2>
            {line.providerName} <span className="figures">{money(line.net)}</span>
          </h2>
          <p>
            <PageLink to="/payouts/$payoutId" params={{ payoutId: line.payoutId }}>
              {strings.pages.payout}
            </PageLink>
          </p>
          <BankReturn payout={{ id: line.payoutId }} line={line} />
        </section>
      ))}
      <More list={list} />
    </Page>
  );
}
