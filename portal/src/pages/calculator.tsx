import type * as z from 'zod';
import { estimateFields, estimateVoucher } from '../../../contracts/estimate.ts';
import { readFields } from '../../../contracts/field-errors.ts';
import type { entitlementAnswer } from '../../../contracts/orders.ts';
import { ordersRoutes } from '../../../contracts/orders.ts';
import type { planRoutes } from '../../../contracts/plan.ts';
import type { Answer } from '../api/client.ts';
import { useCurrentPlan } from '../api/current-plan.ts';
import { useRead } from '../api/queries.ts';
import { Derivation } from '../components/derivation.tsx';
import { AmountField, SelectField } from '../components/field.tsx';
import { Page } from '../components/page.tsx';
import { PageLink } from '../components/page-link.tsx';
import { Empty, Read } from '../components/states.tsx';
import { difference } from '../format/amounts.ts';
import { money } from '../format/format.ts';
import { useLanguage } from '../language/language.tsx';
import { useNames } from '../language/names.ts';
import { useQuestion } from '../routing.ts';
import '../styles/form-page.css';

type Plan = Answer<typeof planRoutes.readPublishedPlan>;

/** What a voucher would be worth, sentence by sentence, as it is typed. What was typed is the address. */
export default function Calculator() {
  const { strings } = useLanguage();
  const plan = useCurrentPlan();
  return (
    <Page title={strings.pages.calculator} lead={strings.calculator.lead}>
      {plan.none ? (
        <Empty title={strings.calculator.noPlan} />
      ) : (
        <Read of={plan}>{(data) => <Estimate plan={data} />}</Read>
      )}
    </Page>
  );
}

function Estimate({ plan }: { readonly plan: Plan }) {
  const { strings } = useLanguage();
  const { kindChoices, jurisdictionChoices } = useNames();
  const [question, ask] = useQuestion();
  const text = strings.calculator;
  const { kind = 'computing', fee = '', held = '', place = '' } = question;
  const read = readFields(estimateFields, {
    kind,
    fee: fee.trim(),
    ...(held.trim() ? { alreadyHeld: held.trim() } : {}),
    ...(place ? { jurisdiction: place } : {}),
  });
  const typed = fee.trim() !== '';
  const errors = (typed && read.errors) || [];
  return (
    <div className="form-and-result">
      <form className="card form" onSubmit={(event) => event.preventDefault()} noValidate>
        <SelectField
          label={text.kind}
          pointer="/kind"
          errors={errors}
          value={kind}
          change={(value) => ask({ kind: value })}
          groups={kindChoices}
        />
        <AmountField
          label={text.fee}
          hint={text.feeHint}
          pointer="/fee"
          errors={errors}
          value={fee}
          change={(value) => ask({ fee: value })}
        />
        <AmountField
          label={text.held}
          hint={text.heldHint}
          optional
          pointer="/alreadyHeld"
          errors={errors}
          value={held}
          change={(value) => ask({ held: value })}
        />
        {plan.quotas.length > 0 && (
          <SelectField
            label={text.jurisdiction}
            optional
            pointer="/jurisdiction"
            errors={errors}
            value={place}
            change={(value) => ask({ place: value })}
            none={strings.states.choose}
            groups={jurisdictionChoices}
          />
        )}
        <p className="quiet">{text.policy(plan.year, plan.policyVersion)}</p>
        <Waiting year={plan.year} />
      </form>
      <div aria-live="polite">
        {read.value ? (
          <Outcome entitlement={estimateVoucher(plan, read.value)} fee={fee.trim()} />
        ) : (
          <section className="card outcome outcome-empty">
            <p>{text.empty}</p>
          </section>
        )}
      </div>
    </div>
  );
}

function Waiting({ year }: { readonly year: number }) {
  const { strings } = useLanguage();
  const list = useRead(ordersRoutes.readWaitingList, { params: { year } });
  if (!list.data?.places) return null;
  return <p className="note">{strings.calculator.waiting(list.data.places, money(list.data.amount))}</p>;
}

interface OutcomeProps {
  readonly entitlement: z.output<typeof entitlementAnswer>;
  readonly fee: string;
}

function Outcome({ entitlement, fee }: OutcomeProps) {
  const { strings } = useLanguage();
  const text = strings.calculator;
  const { amount, derivation, limitedBy } = entitlement;
  return (
    <section className="card outcome outcome-good">
      <p className="estimate">
        <span>{text.amount}</span>
        <strong className="figures">{money(amount)}</strong>
      </p>
      <p className="estimate-split quiet figures">
        {text.fee_} {money(fee)} − {text.amount} {money(amount)} = {text.ownShare}{' '}
        <b>{money(difference(fee, amount))}</b>
      </p>
      <h2>{text.why}</h2>
      <p className="quiet">{text.whyLead}</p>
      <Derivation steps={derivation} limitedBy={limitedBy} />
      <PageLink to="/catalogue" search={{ voucher: 'true' }}>
        {text.browse} →
      </PageLink>
    </section>
  );
}
