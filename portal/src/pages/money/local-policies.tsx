import { type Jurisdiction, jurisdictions } from '../../../../contracts/names.ts';
import { topUpsRoutes } from '../../../../contracts/topups.ts';
import type { Answer } from '../../api/client.ts';
import { useList, useRead } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { CommandForm } from '../../components/command-form.tsx';
import { LongTextField, SelectField } from '../../components/field.tsx';
import { Hands } from '../../components/hands.tsx';
import { Meter } from '../../components/meter.tsx';
import { More } from '../../components/more.tsx';
import { Facts, Page } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Empty, Failure, ListStates, Loading } from '../../components/states.tsx';
import { YearChoice } from '../../components/year-choice.tsx';
import { total } from '../../format/amounts.ts';
import { day, money, percent, share } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import { useSession } from '../../session/use-session.ts';
import { useOfficer } from './departments.ts';
import { useYear } from './year.ts';
import '../../styles/catalogue.css';
import '../../styles/money.css';

type Policy = Answer<typeof topUpsRoutes.listLocalPolicies>['items'][number];
const isJurisdiction = (code: string | undefined): code is Jurisdiction => code !== undefined && code in jurisdictions;

/** What the cities add to the vouchers of a year, drafts too: written by one person, put into force by another. */
export default function LocalPolicies() {
  const { strings } = useLanguage();
  const { jurisdictionChoices } = useNames();
  const { year, years, choose, question, ask } = useYear();
  const { is } = useOfficer();
  const session = useSession();
  const own = session.status === 'anonymous' ? undefined : session.person.jurisdiction;
  const place = [own, question.place].find(isJurisdiction) ?? '150100';
  const list = useList(topUpsRoutes.listLocalPolicies, { query: { jurisdiction: place, year, limit: 50 } });
  const text = strings.money.local;
  const draft = is('city-reviewer') && (
    <PageLink to="/local-policies/draft" search={{ year: String(year) }} className="button button-main">
      {text.draft}
    </PageLink>
  );
  return (
    <Page
      title={strings.pages.localPolicies}
      lead={text.lead}
      aside={<YearChoice years={years} chosen={year} choose={choose} />}
    >
      <form className="filters card" onSubmit={(event) => event.preventDefault()}>
        <SelectField
          label={text.place}
          pointer="/place"
          errors={[]}
          value={place}
          change={(next) => ask({ place: next })}
          groups={jurisdictionChoices}
          disabled={isJurisdiction(own)}
        />
      </form>
      <ListStates of={list}>
        <Empty title={text.none} text={text.noneText}>
          {draft}
        </Empty>
      </ListStates>
      {list.items.length > 0 && draft && <p>{draft}</p>}
      {list.items.map((policy) => (
        <PolicyCard key={policy.id} policy={policy} />
      ))}
      <More list={list} />
    </Page>
  );
}

function PolicyCard({ policy }: { readonly policy: Policy }) {
  const { strings, language, pick } = useLanguage();
  const names = useNames();
  const { me, is } = useOfficer();
  const text = strings.money.local;
  const { id, status, version } = policy;
  const tookPart = me !== undefined && policy.drafters.includes(me);
  const mayAct = is('city-reviewer') || is('regional-officer');
  const params = { policyId: id };
  return (
    <section className="card policy">
      <h2>
        {pick(policy.name)}{' '}
        <Badge tone={status === 'in-force' ? 'good' : status === 'draft' ? 'warm' : 'calm'}>
          {text.statuses[status]}
        </Badge>
      </h2>
      <Facts
        of={[
          [text.share, text.ratioOf(percent(policy.ratio), text.bases[policy.basis])],
          [text.categories, policy.categories.map(names.category).join(language === 'zh' ? '、' : ', ')],
          [text.perOrder, money(policy.orderMaximum)],
          [text.perEnterprise, money(policy.enterpriseMaximum)],
          [text.priority, String(policy.priority)],
          [text.setAside, money(policy.fund)],
        ]}
      />
      {status !== 'draft' && <LocalFund policyId={id} />}
      <PolicyHands policy={policy} />
      {policy.endedAt && (
        <p className="note">{text.endedBecause(day(policy.endedAt, language), policy.endReason ?? '')}</p>
      )}
      {status === 'draft' && is('city-reviewer') && (
        <p>
          <PageLink to="/local-policies/draft" search={{ policy: id }} className="button button-quiet">
            {text.revise}
          </PageLink>
        </p>
      )}
      {status === 'draft' && mayAct && !tookPart && (
        <CommandForm
          contract={topUpsRoutes.enactLocalPolicy}
          name={`enact.${id}`}
          call={{ params, version }}
          submit={text.enact}
          checked={text.enactCheck}
        />
      )}
      {status === 'in-force' && mayAct && (
        <details className="fold">
          <summary>{text.end}</summary>
          <CommandForm
            contract={topUpsRoutes.endLocalPolicy}
            name={`end.${id}`}
            call={{ params, version }}
            submit={text.end}
            look="quiet"
          >
            {({ bind }) => <LongTextField label={text.endReason} hint={text.endHint} {...bind('/reason')} rows={3} />}
          </CommandForm>
        </details>
      )}
    </section>
  );
}

/** Who wrote it and who put it into force: never the same. */
function PolicyHands({ policy }: { readonly policy: Policy }) {
  const { strings } = useLanguage();
  const { me, is } = useOfficer();
  const text = strings.money.local;
  const { status, drafters } = policy;
  const mayAct = is('city-reviewer') || is('regional-officer');
  const say = me !== undefined && drafters.includes(me) ? strings.signatures.youDrafted : strings.signatures.mayEnact;
  return (
    <Hands
      title={text.enact}
      me={me}
      names={policy.names}
      say={status === 'draft' && mayAct ? say : undefined}
      of={[
        ...drafters.map((who) => ({ role: text.drafts, who, state: 'done' as const })),
        {
          role: text.enacts,
          who: policy.enactedBy,
          at: policy.enactedAt,
          state: status === 'draft' ? 'now' : 'done',
        },
        ...(status === 'ended'
          ? [{ role: strings.signatures.ends, who: policy.endedBy, at: policy.endedAt, state: 'done' as const }]
          : []),
      ]}
    />
  );
}

function LocalFund({ policyId }: { readonly policyId: string }) {
  const { strings } = useLanguage();
  const text = strings.money.local;
  const fund = useRead(topUpsRoutes.readLocalFund, { params: { policyId } });
  if (fund.error) return <Failure error={fund.error} retry={fund.refetch} />;
  if (!fund.data) return <Loading />;
  const { available = '0.00', granted = '0.00', used = '0.00' } = fund.data.balances;
  const taken = total([granted, used]);
  const whole = total([available, taken]);
  return (
    <Meter
      label={text.fundUsed}
      filled={share(taken, whole)}
      value={strings.plan.usedOf(money(taken), money(whole))}
      left={text.fundLeft(money(available))}
    />
  );
}
