import { ordersRoutes } from '../../../../contracts/orders.ts';
import type { Answer } from '../../api/client.ts';
import { useRead } from '../../api/queries.ts';
import { refresh } from '../../api/refresh.ts';
import { CommandForm } from '../../components/command-form.tsx';
import { Derivation } from '../../components/derivation.tsx';
import { FundingStack } from '../../components/funding.tsx';
import { Read } from '../../components/states.tsx';
import { money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import type { OrderDetails } from './order-status.ts';

type Signing = Answer<typeof ordersRoutes.previewSigning>;

interface SigningProps {
  readonly order: OrderDetails;
  readonly organisationId: string;
}

/** What the signature would generate at this moment, sentence by sentence; then the signature. */
export function SigningCard({ order, organisationId }: SigningProps) {
  const { strings } = useLanguage();
  const text = strings.enterprise.order;
  const signing = useRead(ordersRoutes.previewSigning, { params: { orderId: order.id }, organisationId });
  return (
    <section className="card outcome outcome-good">
      <h2>{text.sign}</h2>
      <p className="quiet">{text.signLead}</p>
      <Read of={signing}>{(data) => <Sign order={order} organisationId={organisationId} signing={data} />}</Read>
    </section>
  );
}

function Sign({ order, organisationId, signing }: SigningProps & { readonly signing: Signing }) {
  const { strings, pick } = useLanguage();
  const text = strings.enterprise.order;
  const { entitlement, localTopUps = [], funding } = signing;
  return (
    <>
      {entitlement ? (
        <p className="estimate">
          <span>{text.voucherNow}</span>
          <strong className="figures">{money(entitlement.amount)}</strong>
        </p>
      ) : (
        <p className="note">{text.voucherNone}</p>
      )}
      {entitlement && order.reservedAmount && order.reservedAmount !== entitlement.amount && (
        <p className="note">{text.less(money(order.reservedAmount), money(entitlement.amount))}</p>
      )}
      <FundingStack of={funding} />
      {entitlement && (
        <>
          <h3>{strings.calculator.why}</h3>
          <Derivation steps={entitlement.derivation} limitedBy={entitlement.limitedBy} />
        </>
      )}
      {localTopUps.map((topUp) => (
        <section key={topUp.policyId}>
          <h3>{strings.enterprise.place.topUp(pick(topUp.name))}</h3>
          <Derivation steps={topUp.derivation} />
        </section>
      ))}
      <CommandForm
        contract={ordersRoutes.signOrder}
        call={{ params: { orderId: order.id }, version: order.version, organisationId }}
        refused={() => refresh(ordersRoutes.previewSigning)}
        submit={text.signNow}
        checked={text.read}
        confirm={{
          title: text.confirmSign,
          consequences: [
            ...(entitlement ? [text.signFollows.voucher(money(entitlement.amount))] : []),
            text.signFollows.own(money(funding.ownShare)),
            text.signFollows.final,
          ],
        }}
      />
    </>
  );
}
