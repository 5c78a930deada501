import { planRoutes } from '../../../../contracts/plan.ts';
import { useRead } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { CommandForm } from '../../components/command-form.tsx';
import { ControlTotals } from '../../components/control-totals.tsx';
import { Hands } from '../../components/hands.tsx';
import { Page, Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Empty, Read } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { YearChoice } from '../../components/year-choice.tsx';
import { difference, fenOf, total } from '../../format/amounts.ts';
import { money, percent } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import { Appropriation } from './appropriation.tsx';
import { otherThan, useOfficer } from './departments.ts';
import { isMissing } from './missing.ts';
import { defaultParameters, type Plan, parameterNames, usePlanTerms } from './plan-terms.ts';
import { PlanVersions } from './plan-versions.tsx';
import { Trail } from './trail.tsx';
import { useYear } from './year.ts';
import '../../styles/plan.css';

/** A year's plan in any state, for the two departments: drafted, co-signed, opened, changed. */
export default function PlanDesk() {
  const { strings } = useLanguage();
  const { year, years, choose } = useYear();
  const { is } = useOfficer();
  const plan = useRead(planRoutes.readPlanDraft, { params: { year: String(year) } });
  const text = strings.money.desk;
  return (
    <Page
      title={strings.pages.planDesk}
      lead={text.lead}
      aside={<YearChoice years={years} chosen={year} choose={choose} />}
    >
      <p className="page-links">
        <PageLink to="/plan-desk/calendar" search={{ year: String(year) }}>
          {text.calendar}
        </PageLink>
      </p>
      {isMissing(plan.error) ? (
        <Empty title={text.none(year)} text={text.noneText}>
          {is('regional-officer') && (
            <PageLink to="/plan-desk/draft" search={{ year: String(year) }} className="button button-main">
              {text.draft}
            </PageLink>
          )}
        </Empty>
      ) : (
        <Read of={plan}>{(data) => <PlanAtWork plan={data} />}</Read>
      )}
    </Page>
  );
}

function PlanAtWork({ plan }: { readonly plan: Plan }) {
  const { strings } = useLanguage();
  const isOpen = plan.status === 'open';
  return (
    <>
      <p className="plan-title">
        {plan.title} <Badge tone={isOpen ? 'good' : 'warm'}>{strings.plan.statuses[plan.status]}</Badge>
      </p>
      <Signing plan={plan} />
      {isOpen && <Appropriation plan={plan} />}
      <Content plan={plan} />
      {(isOpen || plan.status === 'closed') && <PlanVersions plan={plan} />}
      <Trail contract={planRoutes.readPlanTrail} params={{ year: String(plan.year) }} />
    </>
  );
}

/** Who drafted, who signed, who may not, and the button of whoever may. */
function Signing({ plan }: { readonly plan: Plan }) {
  const { strings } = useLanguage();
  const { me, is, department } = useOfficer();
  const text = strings.money.desk;
  const names = strings.plan.departments;
  const call = { params: { year: String(plan.year) }, version: plan.version };
  const signed = (of: 'industry' | 'finance') => plan.signatures.find((one) => one.department === of);
  const isDraft = plan.status === 'draft';
  const mine = department && signed(department);
  const say = !isDraft
    ? plan.status === 'co-signed'
      ? text.mayOpen
      : text.published
    : !department
      ? text.mayNotRead
      : mine
        ? text.mayNotSign(names[department], names[otherThan(department)])
        : text.maySign(names[department]);
  return (
    <Section title={text.signatures}>
      <Hands
        title={text.signatures}
        me={me}
        names={plan.names}
        say={say}
        of={[
          { role: text.drafted, who: plan.draftedBy, state: 'done' },
          ...(['industry', 'finance'] as const).map((of) => ({
            role: text.signs[of],
            who: signed(of)?.sub,
            at: signed(of)?.at,
            state: signed(of) ? ('done' as const) : ('now' as const),
          })),
          {
            role: text.opens,
            who: plan.openedBy,
            at: plan.openedAt,
            state: plan.openedAt ? 'done' : plan.status === 'co-signed' ? 'now' : 'later',
          },
        ]}
      />
      {isDraft && is('regional-officer') && (
        <p className="page-links">
          <PageLink to="/plan-desk/draft" search={{ year: String(plan.year) }} className="button button-quiet">
            {text.revise}
          </PageLink>{' '}
          {plan.signatures.length > 0 && <span className="quiet">{text.reviseHint}</span>}
        </p>
      )}
      {isDraft && department && !mine && (
        <div className="card">
          <CommandForm
            contract={planRoutes.signPlan}
            name={`sign.${plan.year}`}
            call={call}
            submit={text.sign}
            checked={text.signCheck}
          />
        </div>
      )}
      {plan.status === 'co-signed' && department && (
        <div className="card">
          <CommandForm
            contract={planRoutes.openPlan}
            name={`open.${plan.year}`}
            call={call}
            submit={text.open}
            checked={text.openCheck}
          />
        </div>
      )}
    </Section>
  );
}

/** What the plan says: money, specs, and every rule beside its default. */
function Content({ plan }: { readonly plan: Plan }) {
  const { strings } = useLanguage();
  const names = useNames();
  const { wordOf } = usePlanTerms();
  const { desk: text, parameters: labels, draft } = strings.money;
  const promised = total(plan.specs.map(({ amount }) => amount));
  const rest = difference(plan.appropriation, promised);
  const quotas = Object.entries(plan.parameters.jurisdictionQuotas ?? {});
  return (
    <>
      <Section title={text.specs}>
        <ControlTotals
          of={[
            { label: text.appropriation, stated: money(plan.appropriation) },
            { label: text.promised, stated: money(promised) },
            ...(fenOf(rest) >= 0n ? [{ label: text.rest, stated: money(rest) }] : []),
          ]}
        />
        <Table
          caption={text.specs}
          rows={plan.specs}
          keyOf={({ id }) => id}
          columns={[
            { title: text.category, cell: ({ category }) => <strong>{names.category(category)}</strong> },
            { title: text.ratio, figures: true, cell: ({ ratio }) => percent(ratio) },
            { title: text.amount, figures: true, cell: ({ amount }) => money(amount) },
            { title: text.count, figures: true, cell: ({ count }) => `${count} ${strings.units.copies}` },
          ]}
        />
      </Section>
      <Section title={text.parameters}>
        <dl className="facts card">
          {parameterNames.map((name) => {
            const value = wordOf(name, plan.parameters);
            const usual = wordOf(name, defaultParameters);
            return (
              <div key={name}>
                <dt title={labels[name].hint}>{labels[name].label}</dt>
                <dd>
                  {value}{' '}
                  <small className={value === usual ? 'usual' : 'adjusted'}>
                    {value === usual ? text.asDefault : text.adjusted(usual)}
                  </small>
                </dd>
              </div>
            );
          })}
          {plan.parameters.providerQuota && (
            <div>
              <dt>{draft.providerQuota}</dt>
              <dd>{money(plan.parameters.providerQuota)}</dd>
            </div>
          )}
          {quotas.map(([place, amount]) => (
            <div key={place}>
              <dt>
                {draft.quotas} · {names.jurisdictionOr(place)}
              </dt>
              <dd>{money(amount ?? '0.00')}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </>
  );
}
