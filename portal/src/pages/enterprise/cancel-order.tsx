import { ordersRoutes } from '../../../../contracts/orders.ts';
import { CommandForm } from '../../components/command-form.tsx';
import { LongTextField } from '../../components/field.tsx';
import { useLanguage } from '../../language/language.tsx';
import type { OrderDetails } from './order-status.ts';

/** Ends an order that is not signed; what it reserved goes back. */
export function CancelOrder({ order, organisationId }: { order: OrderDetails; organisationId: string }) {
  const { strings } = useLanguage();
  const text = strings.enterprise.order;
  return (
    <details className="card fold">
      <summary>{text.cancel}</summary>
      <CommandForm
        contract={ordersRoutes.cancelOrder}
        name={`cancel.${order.id}`}
        call={{ params: { orderId: order.id }, version: order.version, organisationId }}
        lead={text.cancelLead}
        submit={text.cancelNow}
        look="quiet"
        confirm={{ title: text.confirmCancel, consequences: [text.cancelLead] }}
      >
        {({ bind }) => <LongTextField label={text.cancelReason} {...bind('/reason')} rows={2} />}
      </CommandForm>
    </details>
  );
}
