import { type FormEvent, useState } from 'react';
import { ordersRoutes } from '../../../../contracts/orders.ts';
import { refresh } from '../../api/refresh.ts';
import { Button } from '../../components/button.tsx';
import { Confirm } from '../../components/dialog.tsx';
import { focusFirstRefused, LongTextField } from '../../components/field.tsx';
import { filledIn, readBody, useForm } from '../../components/form.ts';
import { TurnedDown } from '../../components/turned-down.tsx';
import { useLanguage } from '../../language/language.tsx';
import type { OrderDetails } from './order-status.ts';

/** Ends an order that is not signed; what it reserved goes back. */
export function CancelOrder({ order, organisationId }: { order: OrderDetails; organisationId: string }) {
  const { strings } = useLanguage();
  const text = strings.enterprise.order;
  const form = useForm(ordersRoutes.cancelOrder, `cancel.${order.id}`, { reason: '' });
  const [asking, setAsking] = useState(false);
  const call = {
    params: { orderId: order.id },
    version: order.version,
    organisationId,
    body: filledIn(form.fields) as never,
  };
  const ask = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    // Refused by its contract before anybody is asked.
    const { errors } = readBody(ordersRoutes.cancelOrder, call.body);
    if (!errors) return setAsking(true);
    await form.submit(call);
    focusFirstRefused(element);
  };
  const cancel = async () => {
    const outcome = await form.submit(call);
    setAsking(false);
    if (outcome !== 'accepted') return;
    form.forget();
    await refresh();
  };
  return (
    <details className="card fold">
      <summary>{text.cancel}</summary>
      <form className="form" onSubmit={ask} noValidate>
        <p className="quiet">{text.cancelLead}</p>
        <LongTextField label={text.cancelReason} {...form.bind('reason')} rows={2} />
        <TurnedDown cause={form.cause} />
        <Button type="submit" look="quiet" disabled={form.pending}>
          {text.cancelNow}
        </Button>
      </form>
      {asking && (
        <Confirm
          title={text.confirmCancel}
          consequences={[text.cancelLead]}
          confirm={text.cancelNow}
          pending={form.pending}
          act={cancel}
          close={() => setAsking(false)}
        />
      )}
    </details>
  );
}
