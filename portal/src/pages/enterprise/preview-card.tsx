import type { FieldError } from '../../../../contracts/field-errors.ts';
import type { ordersRoutes } from '../../../../contracts/orders.ts';
import type { Answer } from '../../api/client.ts';
import { Derivation } from '../../components/derivation.tsx';
import { FundingStack } from '../../components/funding.tsx';
import { Failure, Loading } from '../../components/states.tsx';
import { money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';

export type Preview = Answer<typeof ordersRoutes.previewEntitlement>;

interface PreviewCardProps {
  readonly preview: {
    readonly data: Preview | undefined;
    readonly error: unknown;
    readonly errors?: readonly FieldError[] | undefined;
    readonly refetch: () => unknown;
  };
  readonly use: string;
}

/** What the voucher would be, who pays what, and every sentence that led to it. */
export function PreviewCard({ preview: { data, error, errors, refetch }, use }: PreviewCardProps) {
  const { strings } = useLanguage();
  const text = strings.enterprise.place;
  if (errors)
    return (
      <section className="card outcome outcome-empty">
        <p>{text.empty}</p>
      </section>
    );
  if (error)
    return (
      <section className="card outcome">
        <h2>{text.unavailable}</h2>
        <Failure error={error} retry={refetch} />
        {use !== 'none' && <p className="quiet">{text.unavailableText}</p>}
      </section>
    );
  if (!data) return <Loading />;
  return (
    <div aria-live="polite">
      <Given preview={data} use={use} />
    </div>
  );
}

function Given({ preview, use }: { readonly preview: Preview; readonly use: string }) {
  const { strings, pick } = useLanguage();
  const text = strings.enterprise.place;
  const { entitlement, funding, estimatedFee, waitingList, localTopUps = [] } = preview;
  const isShort = entitlement.amount !== preview.fullAmount;
  const nothing = use !== 'none' && Number(entitlement.amount) === 0;
  return (
    <section className={nothing ? 'card outcome' : 'card outcome outcome-good'}>
      <p className="estimate">
        <span>{text.estimate}</span>
        <strong className="figures">{money(entitlement.amount)}</strong>
      </p>
      <p className="quiet">
        {text.fee} <b className="figures">{money(estimatedFee)}</b> ·{' '}
        {strings.calculator.policy(preview.planYear, preview.policyVersion)}
      </p>
      {nothing && <p className="note">{isShort ? text.nothingNow : text.nothing}</p>}
      <h2>{strings.enterprise.funding.title}</h2>
      <FundingStack of={funding} />
      {waitingList && waitingList.places > 0 && isShort && (
        <p className="note">{text.waiting(waitingList.places, money(waitingList.amount))}</p>
      )}
      {use !== 'none' && (
        <>
          <h2>{strings.calculator.why}</h2>
          <p className="quiet">{strings.calculator.whyLead}</p>
          <Derivation steps={entitlement.derivation} limitedBy={entitlement.limitedBy} />
        </>
      )}
      {localTopUps.map((topUp) => (
        <section key={topUp.policyId}>
          <h3>{text.topUp(pick(topUp.name))}</h3>
          <Derivation steps={topUp.derivation} />
        </section>
      ))}
      {use !== 'none' && !nothing && <p className="quiet">{text.reserves}</p>}
    </section>
  );
}
