import { planRoutes } from '../../../../contracts/plan.ts';
import { useRead } from '../../api/queries.ts';
import { CommandForm } from '../../components/command-form.tsx';
import { ControlTotals } from '../../components/control-totals.tsx';
import { AmountField, TextField } from '../../components/field.tsx';
import { Hands } from '../../components/hands.tsx';
import { Section } from '../../components/page.tsx';
import { Read } from '../../components/states.tsx';
import { difference, fenOf, total } from '../../format/amounts.ts';
import { day, money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { otherThan, useOfficer } from './departments.ts';
import type { Plan } from './plan-terms.ts';

/** The money of the running year, and how it is raised or cut: one department proposes, the other confirms. */
export function Appropriation({ plan }: { readonly plan: Plan }) {
  const { strings } = useLanguage();
  const { department } = useOfficer();
  const fund = useRead(planRoutes.readFund, { params: { year: String(plan.year) } });
  const text = strings.money.appropriation;
  const call = { params: { year: String(plan.year) }, version: plan.version };
  return (
    <Section title={strings.money.desk.money} lead={text.lead}>
      <Read of={fund}>
        {({ balances, shortfall }) => (
          <>
            <ControlTotals
              of={[
                { label: strings.money.desk.appropriation, stated: money(plan.appropriation) },
                { label: strings.money.desk.free, stated: money(atLeastNothing(balances.available ?? '0.00')) },
                ...(fenOf(shortfall) > 0n ? [{ label: strings.money.desk.shortfall, stated: money(shortfall) }] : []),
              ]}
            />
            {plan.appropriationChange && <Proposed plan={plan} available={balances.available ?? '0.00'} />}
            {plan.confirmedChange && <LastChange names={plan.names} of={plan.confirmedChange} />}
          </>
        )}
      </Read>
      {department && (
        <details className="card fold">
          <summary>{text.title}</summary>
          <CommandForm
            contract={planRoutes.proposeAppropriation}
            name={`appropriation.${plan.year}`}
            call={call}
            submit={text.propose}
            look="quiet"
          >
            {({ bind }) => (
              <div className="field-grid">
                <AmountField label={text.to} {...bind('/appropriation')} />
                <TextField label={text.reason} {...bind('/reason')} maxLength={100} />
              </div>
            )}
          </CommandForm>
        </details>
      )}
    </Section>
  );
}

interface LastChangeProps {
  readonly of: NonNullable<Plan['confirmedChange']>;
  readonly names: Plan['names'];
}

/** The change that counts now, and the two people it took. */
function LastChange({ of: { from, to, reason, department, ...change }, names }: LastChangeProps) {
  const { strings } = useLanguage();
  const { me } = useOfficer();
  const { appropriation: text } = strings.money;
  const { departments } = strings.plan;
  const { lastChange, lastChangeOf } = strings.signatures;
  return (
    <div className="card last-change">
      <p>
        <strong>{lastChange}</strong> {lastChangeOf(money(from), money(to), reason)}
      </p>
      <Hands
        title={lastChange}
        me={me}
        names={names}
        of={[
          { role: `${departments[department]} · ${text.proposes}`, who: change.sub, at: change.at, state: 'done' },
          {
            role: `${departments[otherThan(department)]} · ${text.confirms}`,
            who: change.confirmedBy,
            at: change.confirmedAt,
            state: 'done',
          },
        ]}
      />
    </div>
  );
}

/** What is missing is told as such, and never as less than nothing. */
const atLeastNothing = (amount: string) => (fenOf(amount) < 0n ? '0.00' : amount);

function Proposed({ plan, available }: { readonly plan: Plan; readonly available: string }) {
  const { strings, language } = useLanguage();
  const { me, department } = useOfficer();
  const { appropriation: text, desk } = strings.money;
  const names = strings.plan.departments;
  const { appropriationChange: change } = plan;
  if (!change) return null;
  const more = difference(change.to, plan.appropriation);
  const after = total([available, more]);
  const may = department !== undefined && department !== change.department;
  return (
    <div className="card proposal">
      <p>
        <strong>{text.proposed(names[change.department], day(change.at, language))}</strong>
        {language === 'zh' ? '：' : ': '}
        {change.reason}
      </p>
      <ControlTotals
        of={[
          { label: text.from, stated: money(plan.appropriation) },
          { label: text.proposedAmount, stated: money(change.to) },
          { label: text.change, stated: `${fenOf(more) > 0n ? '+' : ''}${money(more)}` },
          { label: text.freeAfter, stated: money(atLeastNothing(after)) },
        ]}
      />
      {fenOf(after) < 0n && <p className="note note-bad">{text.shortAfter(money(after.slice(1)))}</p>}
      <Hands
        title={text.title}
        me={me}
        names={plan.names}
        say={department ? (may ? text.mayConfirm : text.mayNotConfirm) : desk.mayNotRead}
        of={[
          { role: `${names[change.department]} · ${text.proposes}`, who: change.sub, at: change.at, state: 'done' },
          { role: `${names[otherThan(change.department)]} · ${text.confirms}`, state: 'now' },
        ]}
      />
      {may && (
        <CommandForm
          contract={planRoutes.confirmAppropriation}
          name={`confirm-appropriation.${plan.year}`}
          call={{ params: { year: String(plan.year) }, version: plan.version }}
          submit={text.confirm}
          checked={text.confirmCheck}
        />
      )}
    </div>
  );
}
