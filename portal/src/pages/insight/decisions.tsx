import { clauseOfChange } from '../../../../contracts/clauses.ts';
import { Clause } from '../../components/states.tsx';
import { minute, money } from '../../format/format.ts';
import { useCodes } from '../../language/codes.ts';
import { useLanguage } from '../../language/language.tsx';
import { useReasons } from '../../language/reasons.ts';
import type { Matter, TrailEntry } from './matter.ts';
import '../../styles/way.css';

/** Something that somebody decided or did, or that fell due. */
interface Decision {
  readonly at: string;
  readonly entity: string;
  readonly action: string;
  readonly role?: string;
  readonly state?: string;
  /** An amount that was decided on, or what the bank calls the payment. */
  readonly detail?: string;
  readonly why?: string;
}

/** Every decision on the way of the money, in order of time, each with its clause. No names: those are in the trails. */
export function Decisions({ matter }: { readonly matter: Matter }) {
  const { strings, language } = useLanguage();
  const codes = useCodes();
  const reasons = useReasons();
  const decisions = decisionsOf(matter, strings.insight.follow.bankSerial, reasons);
  return (
    <ol className="card decisions">
      {decisions.map((decision) => {
        const { at, entity, action, role, state, detail, why } = decision;
        const clause = clauseOfChange(entity, action);
        return (
          <li key={JSON.stringify(decision)}>
            <span className="quiet figures">{minute(at, language)}</span>
            <div>
              <p className="decision-what">
                <strong>
                  {codes.entity(entity)} · {codes.action(action)}
                </strong>
                {clause && <Clause clause={clause} />}
                {detail && <span className="figures">{detail}</span>}
              </p>
              <p className="quiet">
                {[role && codes.role(role), state && codes.state(state), why].filter(Boolean).join(' · ')}
              </p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}

type Reasons = (code: string) => string;

const ofTrail =
  (reasons: Reasons) =>
  ({ at, entity, action, by, toStatus, reasonCode, note }: TrailEntry): Decision => {
    const why = [reasonCode && reasons(reasonCode), note].filter(Boolean).join('：');
    return { at, entity, action, role: by.role, ...(toStatus ? { state: toStatus } : {}), ...(why ? { why } : {}) };
  };

function decisionsOf(matter: Matter, bankSerial: string, reasons: Reasons): readonly Decision[] {
  const { plan, orderTrail, voucherTrail, claim, item, notice, payouts } = matter;
  const audit = item?.audit;
  const all: readonly Decision[] = [
    ...plan.signatures.map(
      ({ department, at }): Decision => ({
        at,
        entity: 'plan',
        action: 'sign',
        role: department === 'industry' ? 'regional-officer' : 'finance-officer',
      }),
    ),
    ...orderTrail.map(ofTrail(reasons)),
    ...voucherTrail.map(ofTrail(reasons)),
    ...(claim?.filedAt
      ? [{ at: claim.filedAt, entity: 'claim', action: 'file', role: 'provider', detail: item && money(item.asked) }]
      : []
    ).map(({ detail, ...rest }): Decision => ({ ...rest, ...(detail ? { detail } : {}) })),
    ...(audit
      ? [
          {
            at: audit.auditedAt,
            entity: 'claimItem',
            action: verdicts[audit.outcome],
            role: 'auditor',
            detail: money(audit.approved),
            why: [audit.reasonCode && reasons(audit.reasonCode), audit.note].filter(Boolean).join('：'),
          },
        ]
      : []),
    ...(notice
      ? [
          {
            at: claim?.auditCompletedAt ?? `${notice.publishedOn}T00:00`,
            entity: 'claim',
            action: 'publicise',
            role: 'system',
          },
        ]
      : []),
    ...(notice?.closedAt ? [{ at: notice.closedAt, entity: 'notice', action: 'close', role: 'system' }] : []),
    ...payouts.flatMap(({ payout, lines }): Decision[] => [
      { at: payout.proposedAt, entity: 'payout', action: 'propose', role: 'regional-officer' },
      ...payout.approvals.map(
        ({ department, at }): Decision => ({
          at,
          entity: 'payout',
          action: department === 'industry' ? 'approveByIndustry' : 'approveByFinance',
          role: department === 'industry' ? 'regional-officer' : 'finance-officer',
        }),
      ),
      ...lines.flatMap(({ answers }) =>
        answers.map(
          ({ at, outcome, bankSerial: serial, reason }): Decision => ({
            at,
            entity: 'payoutLine',
            action: outcome === 'paid' ? 'confirm' : 'fail',
            role: 'finance-officer',
            ...(serial ? { detail: `${bankSerial} ${serial}` } : {}),
            ...(reason ? { why: reason } : {}),
          }),
        ),
      ),
    ]),
  ];
  return all.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** An audit's word as the transition that it makes of the item. */
const verdicts = { approve: 'approve', reduce: 'audit-reduce', reject: 'reject', return: 'return' } as const;
