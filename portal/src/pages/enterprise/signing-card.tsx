import { useState } from 'react';
import { ordersRoutes } from '../../../../contracts/orders.ts';
import type { Answer } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { useRead } from '../../api/queries.ts';
import { refresh } from '../../api/refresh.ts';
import { Button } from '../../components/button.tsx';
import { Derivation } from '../../components/derivation.tsx';
import { Confirm } from '../../components/dialog.tsx';
import { FundingStack } from '../../components/funding.tsx';
import { Read } from '../../components/states.tsx';
import { TurnedDown } from '../../components/turned-down.tsx';
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
  const command = useCommand(ordersRoutes.signOrder);
  const [hasRead, setHasRead] = useState(false);
  const [asking, setAsking] = useState(false);
  const { entitlement, localTopUps = [], funding } = signing;
  const sign = async () => {
    const refusal = await command.submit({
      params: { orderId: order.id },
      version: order.version,
      body: {} as never,
      organisationId,
    });
    setAsking(false);
    if (refusal) await refresh(ordersRoutes.previewSigning);
    else await refresh();
  };
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
      <label className="check">
        <input type="checkbox" checked={hasRead} onChange={(event) => setHasRead(event.target.checked)} />
        {text.read}
      </label>
      <TurnedDown cause={command.refusal?.cause} />
      <Button disabled={!hasRead || command.pending} onClick={() => setAsking(true)}>
        {text.signNow}
      </Button>
      {asking && (
        <Confirm
          title={text.confirmSign}
          consequences={[
            ...(entitlement ? [text.signFollows.voucher(money(entitlement.amount))] : []),
            text.signFollows.own(money(funding.ownShare)),
            text.signFollows.final,
          ]}
          confirm={text.signNow}
          pending={command.pending}
          act={sign}
          close={() => setAsking(false)}
        />
      )}
    </>
  );
}
