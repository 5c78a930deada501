import { planRoutes } from '../../../../contracts/plan.ts';
import { useRead } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Meter } from '../../components/meter.tsx';
import { Section } from '../../components/page.tsx';
import { Empty, Read } from '../../components/states.tsx';
import { difference, fenOf, isNothing, total, yuanOf } from '../../format/amounts.ts';
import { money, share } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import { isMissing } from './missing.ts';

const sources = ['appropriation', 'carryIn', 'recovered'] as const;
const uses = ['paid', 'accrued', 'deferred', 'active', 'reserved', 'available'] as const;
const WIDE = 1000;

/** Where the money of a year is: what came in, and step by step what became of it, drawn as a fall of water. */
export function Position({ year }: { readonly year: number }) {
  const { strings } = useLanguage();
  const text = strings.money.ledger;
  const fund = useRead(planRoutes.readFund, { params: { year: String(year) } });
  return (
    <Read of={fund}>
      {({ balances, identity, shortfall }) => {
        const whole = total(sources.map((account) => cameIn(balances, account)));
        if (isNothing(whole)) return <Empty title={text.none} />;
        const steps = stepsOf(balances);
        const least = fenOf(balances.available ?? '0.00') < 0n ? (balances.available ?? '0.00') : '0.00';
        return (
          <>
            <Section title={`${text.total} ${money(whole)}`} lead={text.totalHint}>
              <ul className="card waterfall">
                {steps
                  .filter(({ amount, account }) => account === 'available' || !isNothing(amount))
                  .map((step) => (
                    <Step key={step.account} {...step} least={least} whole={whole} />
                  ))}
              </ul>
              {!isNothing(shortfall) && (
                <p className="note note-bad">
                  <strong>
                    {strings.plan.shortfall} {money(shortfall)}
                  </strong>{' '}
                  {strings.plan.shortfallHint}
                </p>
              )}
            </Section>
            <Section title={text.identity}>
              <ul className="card identities">
                {(['sumsToZero', 'withinTotal', 'nothingNegative'] as const).map((name) => (
                  <li key={name}>
                    {identity[name] ? (
                      <Badge tone="good">{text.holds}</Badge>
                    ) : isNothing(shortfall) ? (
                      <Badge tone="bad">{text.broken}</Badge>
                    ) : (
                      <Badge tone="warm">{text.short}</Badge>
                    )}{' '}
                    {text.identities[name]}
                  </li>
                ))}
              </ul>
            </Section>
            <Specs year={year} />
          </>
        );
      }}
    </Read>
  );
}

type Source = (typeof sources)[number];
type Use = (typeof uses)[number];
type Balances = Readonly<Partial<Record<Source | Use, string>>>;

/** Sources hold the negative of what came in. */
const cameIn = (balances: Balances, account: Source) => yuanOf(-fenOf(balances[account] ?? '0.00'));

interface Fall {
  readonly account: Source | Use;
  readonly amount: string;
  /** Lower end of its bar. */
  readonly from: string;
}

/** Sources rise from nothing to all there is; uses fall from it, to what is left, or to what is missing. */
function stepsOf(balances: Balances): Fall[] {
  let level = 0n;
  const rising = sources.map((account): Fall => {
    const amount = cameIn(balances, account);
    const from = level;
    level += fenOf(amount);
    return { account, amount, from: yuanOf(from) };
  });
  const falling = uses.map((account): Fall => {
    const amount = balances[account] ?? '0.00';
    level -= fenOf(amount);
    return { account, amount, from: yuanOf(fenOf(amount) < 0n ? fenOf(amount) : level) };
  });
  return [...rising, ...falling];
}

interface StepProps extends Fall {
  /** Where the picture begins: at nothing, or at what is missing below it. */
  readonly least: string;
  readonly whole: string;
}

function Step({ account, amount, from, least, whole }: StepProps) {
  const { strings } = useLanguage();
  const { accounts, accountHints } = strings.money;
  const isMissing = fenOf(amount) < 0n;
  const span = difference(whole, least);
  const start = share(difference(from, least), span) * WIDE;
  const size = share(amount.replace('-', ''), span) * WIDE;
  const width = isNothing(amount) ? 0 : Math.max(size, 4);
  return (
    <li>
      <span className="waterfall-name" title={accountHints[account]}>
        {isMissing ? strings.plan.shortfall : accounts[account]}
      </span>
      <svg viewBox={`0 0 ${WIDE} 20`} preserveAspectRatio="none" aria-hidden="true">
        <rect className="meter-track" width={WIDE} height="20" />
        <rect
          className={isMissing ? 'waterfall-missing' : `waterfall-${account}`}
          x={Math.min(start, WIDE - width)}
          width={width}
          height="20"
        />
      </svg>
      <span className="figures">{money(amount)}</span>
    </li>
  );
}

function Specs({ year }: { readonly year: number }) {
  const { strings } = useLanguage();
  const names = useNames();
  const text = strings.money.ledger;
  const params = { year: String(year) };
  const plan = useRead(planRoutes.readPlanDraft, { params });
  const fund = useRead(planRoutes.readFund, { params });
  if (isMissing(plan.error)) return null;
  return (
    <Section title={text.specs}>
      <Read of={plan}>
        {({ specs }) => (
          <div className="card quotas">
            {specs.map(({ id, category, amount, count }) => {
              const used = fund.data?.specs.find(({ specId }) => specId === id);
              const usedAmount = used?.usedAmount ?? '0.00';
              return (
                <Meter
                  key={id}
                  label={names.category(category)}
                  filled={share(usedAmount, amount)}
                  value={strings.plan.usedOf(money(usedAmount), money(amount))}
                  left={strings.plan.usedOf(String(used?.usedCount ?? 0), `${count} ${strings.units.copies}`)}
                />
              );
            })}
          </div>
        )}
      </Read>
    </Section>
  );
}
