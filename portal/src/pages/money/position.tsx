import { planRoutes } from '../../../../contracts/plan.ts';
import { useRead } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Meter } from '../../components/meter.tsx';
import { Section } from '../../components/page.tsx';
import { Empty, Read } from '../../components/states.tsx';
import { fenOf, isNothing, total, yuanOf } from '../../format/amounts.ts';
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
        // Sources hold the negative of what came in.
        const cameIn = (account: (typeof sources)[number]) => yuanOf(-fenOf(balances[account] ?? '0.00'));
        const whole = total(sources.map(cameIn));
        if (isNothing(whole)) return <Empty title={text.none} />;
        let before = 0n;
        const steps = [
          ...sources.map((account) => ({ account, amount: cameIn(account), from: stepUp(cameIn(account)) })),
          ...uses.map((account) => ({
            account,
            amount: balances[account] ?? '0.00',
            from: stepDown(balances[account] ?? '0.00'),
          })),
        ];
        function stepUp(amount: string): bigint {
          const from = before;
          before += fenOf(amount);
          return from;
        }
        function stepDown(amount: string): bigint {
          before -= fenOf(amount);
          return before;
        }
        return (
          <>
            <Section title={`${text.total} ${money(whole)}`} lead={text.totalHint}>
              <ul className="card waterfall">
                {steps
                  .filter(({ amount, account }) => account === 'available' || !isNothing(amount))
                  .map(({ account, amount, from }) => (
                    <Step key={account} account={account} amount={amount} from={yuanOf(from)} whole={whole} />
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
                    <Badge tone={identity[name] ? 'good' : 'bad'}>{identity[name] ? text.holds : text.broken}</Badge>{' '}
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

interface StepProps {
  readonly account: (typeof sources)[number] | (typeof uses)[number];
  readonly amount: string;
  /** Where its bar begins. */
  readonly from: string;
  readonly whole: string;
}

function Step({ account, amount, from, whole }: StepProps) {
  const { strings } = useLanguage();
  const { accounts, accountHints } = strings.money;
  const start = share(from, whole) * WIDE;
  const width = Math.max(share(amount, whole) * WIDE, isNothing(amount) ? 0 : 4);
  return (
    <li>
      <span className="waterfall-name" title={accountHints[account]}>
        {accounts[account]}
      </span>
      <svg viewBox={`0 0 ${WIDE} 20`} preserveAspectRatio="none" aria-hidden="true">
        <rect className="meter-track" width={WIDE} height="20" />
        <rect className={`waterfall-${account}`} x={Math.min(start, WIDE - width)} width={width} height="20" />
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
