import { ordersRoutes } from '../../../../contracts/orders.ts';
import { useCurrentPlan } from '../../api/current-plan.ts';
import { useRead } from '../../api/queries.ts';
import { Meter } from '../../components/meter.tsx';
import { money, share } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';

/** What an enterprise has used of the current year's cap, and what it has left; nothing while no plan is published. */
export function CapMeter({ organisationId }: { readonly organisationId: string }) {
  const { strings } = useLanguage();
  const text = strings.enterprise.voucher;
  const { data: plan } = useCurrentPlan();
  const cap = useRead(
    ordersRoutes.readYearlyCap,
    { params: { year: String(plan?.year) }, organisationId },
    plan !== undefined,
  );
  if (!cap.data) return null;
  const { used, cap: most, left } = cap.data;
  return (
    <section className="card">
      <Meter
        label={text.cap(cap.data.year)}
        filled={share(used, most)}
        value={text.capValue(money(used), money(most))}
        left={text.capLeft(money(left))}
      />
      <p className="quiet">{text.capHint}</p>
    </section>
  );
}
