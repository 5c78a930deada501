import type { CSSProperties } from 'react';
import { clauseOfEntry } from '../../../../contracts/clauses.ts';
import { type Account, type Flow, flowsOf } from '../../../../contracts/flows.ts';
import { Clause } from '../../components/states.tsx';
import { minute, money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import type { Matter, Posting } from './matter.ts';
import '../../styles/way.css';

/** Accounts from where money comes to where it ends, as they stand beside each other. */
const order: readonly Account[] = [
  'appropriation',
  'carryIn',
  'available',
  'reserved',
  'active',
  'deferred',
  'accrued',
  'paid',
  'recovered',
];

interface Step {
  readonly id: string;
  readonly year: number;
  readonly at: string;
  readonly reason: string;
  readonly flows: readonly Flow[];
}

/**
 * The way of an order's money, drawn: a column for each account, an arrow for each flow of each entry, from the
 * appropriation down to the payment.
 */
export function Way({ matter }: { readonly matter: Matter }) {
  const { strings, language } = useLanguage();
  const text = strings.insight.follow;
  const steps = stepsOf(matter);
  const touched = order.filter((account) =>
    steps.some(({ flows }) => flows.some(({ from, to }) => from === account || to === account)),
  );
  const column = (account: Account) => touched.indexOf(account) + 1;
  return (
    <div className="card way" style={{ '--columns': touched.length } as CSSProperties}>
      <div className="way-accounts" aria-hidden="true">
        {touched.map((account) => (
          <span key={account} className={`way-account way-${account}`}>
            {text.accounts[account]}
          </span>
        ))}
      </div>
      <ol className="way-steps">
        {steps.map(({ id, year, at, reason, flows }) => {
          const clause = clauseOfEntry(reason);
          return (
            <li key={id}>
              <p className="way-text">
                <strong>{text.reasons[reason] ?? reason}</strong> {clause && <Clause clause={clause} />}
                <span className="quiet">
                  {minute(at, language)} · {text.fundOf(year)}
                </span>
              </p>
              {flows.map(({ from, to, amount }) => (
                <div key={`${from} ${to}`} className="way-lanes">
                  <div
                    className={column(to) > column(from) ? 'way-arrow' : 'way-arrow way-back'}
                    style={
                      {
                        '--from': Math.min(column(from), column(to)),
                        '--to': Math.max(column(from), column(to)),
                      } as CSSProperties
                    }
                  >
                    <span className="figures">
                      {money(amount)}
                      <span className="visually-hidden">
                        {' '}
                        {text.accounts[from]} → {text.accounts[to]}
                      </span>
                    </span>
                  </div>
                </div>
              ))}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** The fund as it came in, then every entry of the order. */
function stepsOf({ plan, postings }: Matter): readonly Step[] {
  const opened = plan.openedAt ?? plan.signatures.at(-1)?.at ?? '';
  const fund: Step = {
    id: `fund ${plan.year}`,
    year: plan.year,
    at: opened,
    reason: 'appropriate',
    flows: [{ from: 'appropriation', to: 'available', amount: plan.appropriation }],
  };
  return [fund, ...postings.map(stepOf).filter(({ flows }) => flows.length > 0)];
}

const stepOf = ({ id, year, at, reason, entries }: Posting): Step => ({
  id,
  year,
  at,
  reason,
  flows: flowsOf(entries),
});
