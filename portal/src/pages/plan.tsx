import { planRoutes } from '../../../contracts/plan.ts';
import { planVersionRoutes } from '../../../contracts/plan-versions.ts';
import type { Answer } from '../api/client.ts';
import { useCurrentPlan } from '../api/current-plan.ts';
import { useRead } from '../api/queries.ts';
import { Badge } from '../components/badge.tsx';
import { Meter } from '../components/meter.tsx';
import { Facts, Page, Section } from '../components/page.tsx';
import { Empty, Failure, Loading, Read } from '../components/states.tsx';
import { YearChoice } from '../components/year-choice.tsx';
import { day, money, monthDay, percent, roundMoney, share } from '../format/format.ts';
import { useLanguage } from '../language/language.tsx';
import { useNames } from '../language/names.ts';
import { useQuestion } from '../routing.ts';
import '../styles/plan.css';
import { ProgressOfYear } from '../components/progress/progress.tsx';
import { WorkTexts } from '../components/work-texts.tsx';

type Plan = Answer<typeof planRoutes.readPublishedPlan>;

/** A year's plan and what is used and left of it. */
export default function PlanPage() {
  const { strings } = useLanguage();
  const [{ year: asked }, ask] = useQuestion();
  const current = useCurrentPlan();
  const chosen = useRead(planRoutes.readPublishedPlan, { params: { year: String(asked) } }, asked !== undefined);
  const shown = asked === undefined ? current : chosen;
  const year = Number(asked ?? current.data?.year);
  return (
    <Page
      title={strings.pages.plan}
      lead={strings.plan.lead}
      aside={
        current.years.length > 0 &&
        year > 0 && <YearChoice years={current.years} chosen={year} choose={(next) => ask({ year: String(next) })} />
      }
    >
      {current.none ? (
        <Empty title={strings.plan.none} />
      ) : (
        <Read of={shown}>{(plan) => <PlanInUse plan={plan} />}</Read>
      )}
    </Page>
  );
}

function PlanInUse({ plan }: { readonly plan: Plan }) {
  const { strings, language } = useLanguage();
  const names = useNames();
  const text = strings.plan;
  const { fund, parameters } = plan;
  const isOpen = plan.status === 'open';
  return (
    <>
      <p className="plan-title">
        {plan.title} <Badge tone={isOpen ? 'good' : 'calm'}>{text.statuses[plan.status]}</Badge>
      </p>
      {Number(fund.shortfall) > 0 && (
        <p className="note note-bad">
          <strong>
            {text.shortfall} {money(fund.shortfall)}
          </strong>{' '}
          {text.shortfallHint}
        </p>
      )}
      <Section title={text.fund}>
        <div className="card">
          <Meter
            label={text.used}
            filled={share(fund.used, fund.total)}
            value={text.usedOf(money(fund.used), money(fund.total))}
            left={text.leftOver(money(fund.left))}
          />
          <Facts
            of={[
              [`${text.total}（${text.totalHint}）`, money(fund.total)],
              [text.left, money(fund.left)],
              ...(Number(fund.recovered) > 0 ? [[text.recovered, money(fund.recovered)] as const] : []),
            ]}
          />
        </div>
      </Section>
      <Section title={text.specs} lead={text.specsLead}>
        <ul className="specs">
          {plan.specs.map((spec) => (
            <li key={spec.id} className="card">
              <h3>
                {names.category(spec.category)} <span className="spec-ratio figures">{percent(spec.ratio)}</span>
              </h3>
              <Meter
                label={text.amount}
                filled={share(spec.usedAmount, spec.amount)}
                value={text.usedOf(money(spec.usedAmount), roundMoney(spec.amount, language))}
                left={text.leftOver(money(spec.leftAmount))}
              />
              <Meter
                label={text.count}
                filled={share(spec.usedCount, spec.count)}
                value={text.usedOf(String(spec.usedCount), `${spec.count} ${strings.units.copies}`)}
                left={text.leftOver(`${spec.leftCount} ${strings.units.copies}`)}
              />
            </li>
          ))}
        </ul>
      </Section>
      <WorkTexts>
        <ProgressOfYear year={plan.year} />
      </WorkTexts>
      {plan.quotas.length > 0 && (
        <Section title={text.quotas} lead={text.quotasLead}>
          <div className="card quotas">
            {plan.quotas.map((quota) => (
              <Meter
                key={quota.jurisdiction}
                label={names.jurisdiction(quota.jurisdiction)}
                filled={share(quota.usedAmount, quota.amount)}
                value={text.usedOf(money(quota.usedAmount), roundMoney(quota.amount, language))}
                left={text.leftOver(money(quota.leftAmount))}
              />
            ))}
          </div>
        </Section>
      )}
      <Section title={text.parameters}>
        <div className="card">
          <Facts
            of={[
              [text.yearlyCap, money(parameters.yearlyCap)],
              [text.ownShareFloor, money(parameters.ownShareFloor)],
              [text.taxBasis, text.tax[parameters.taxBasis]],
              [text.reservation, text.workingDays(parameters.reservationWorkingDays)],
              [text.validity, text.afterContract(parameters.voucherValidityDays)],
              [
                text.claimWindow,
                text.from(
                  monthDay(parameters.claimWindow.from, language),
                  monthDay(parameters.claimWindow.to, language),
                ),
              ],
              [text.publicity, text.workingDays(parameters.publicityWorkingDays)],
              [text.objection, text.workingDays(parameters.objectionWorkingDays)],
              [
                text.signed,
                plan.signatures.map(({ department, at }) => (
                  <span key={department} className="signature">
                    {text.departments[department]} <span className="quiet">{day(at, language)}</span>
                  </span>
                )),
              ],
            ]}
          />
        </div>
      </Section>
      <Versions year={plan.year} />
    </>
  );
}

function Versions({ year }: { readonly year: number }) {
  const { strings, language } = useLanguage();
  const text = strings.plan;
  const versions = useRead(planVersionRoutes.listVersions, { params: { year: String(year) } });
  if (versions.error) return <Failure error={versions.error} retry={versions.refetch} />;
  if (!versions.data) return <Loading />;
  if (versions.data.items.length < 2) return null;
  return (
    <Section title={text.versions}>
      <ol className="card versions" reversed>
        {versions.data.items.map((version) => (
          <li key={version.number}>
            <strong>{text.version(version.number)}</strong> {text.appliesFrom(day(version.appliesFrom, language))}
            {version.reason && <span className="quiet"> {version.reason}</span>}
          </li>
        ))}
      </ol>
    </Section>
  );
}
