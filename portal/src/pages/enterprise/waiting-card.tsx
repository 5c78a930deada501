import { ordersRoutes } from '../../../../contracts/orders.ts';
import { useRead } from '../../api/queries.ts';
import { Facts } from '../../components/page.tsx';
import { Read } from '../../components/states.tsx';
import { day, minute, money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import type { OrderDetails } from './order-status.ts';

/** Where an order stands in the waiting list, and when its turn may come. */
export function WaitingCard({ order, organisationId }: { order: OrderDetails; organisationId: string }) {
  const { strings, language } = useLanguage();
  const text = strings.enterprise.order;
  const place = useRead(ordersRoutes.readPlace, { params: { orderId: order.id }, organisationId });
  const agreedAt = order.waiting?.agreedAt;
  return (
    <section className="card outcome">
      <h2>{text.waiting}</h2>
      <Read of={place}>
        {({ position, missing, ahead, forecast, since }) => (
          <Facts
            of={[
              [strings.waiting.position, text.position(position)],
              [text.missing, money(missing)],
              [text.ahead, money(ahead)],
              [text.forecast, forecast.kind === 'date' ? day(forecast.on, language) : text.forecasts[forecast.kind]],
              [strings.waiting.waitingSince, minute(since, language)],
            ]}
          />
        )}
      </Read>
      <p className="quiet">{agreedAt ? text.agreed(minute(agreedAt, language)) : text.notAgreed}</p>
    </section>
  );
}
