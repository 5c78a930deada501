import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { catalogueRoutes } from '../../../../contracts/catalogue.ts';
import { readFields } from '../../../../contracts/field-errors.ts';
import { periodErrors } from '../../../../contracts/order-checks.ts';
import { ordersRoutes } from '../../../../contracts/orders.ts';
import type { Answer } from '../../api/client.ts';
import { useCurrentPlan } from '../../api/current-plan.ts';
import { useRead } from '../../api/queries.ts';
import { refresh } from '../../api/refresh.ts';
import { ChoiceField } from '../../components/choice-field.tsx';
import { Form } from '../../components/command-form.tsx';
import { AmountField, TextField } from '../../components/field.tsx';
import type { Fields } from '../../components/fields.ts';
import { useForm } from '../../components/form.ts';
import { Page } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Read } from '../../components/states.tsx';
import { countOf } from '../../format/amounts.ts';
import { daysLater } from '../../format/days.ts';
import { money, today } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useAddress } from '../../routing.ts';
import { Acting } from '../../session/acting.tsx';

import { type Preview, PreviewCard } from './preview-card.tsx';
import '../../styles/form-page.css';
import '../../styles/enterprise.css';

type Offering = Answer<typeof catalogueRoutes.readPublicOffering>;

const QUIET_MS = 300;
const A_YEAR = 364;

/** An order of an offering: what the voucher would be is shown while it is filled in. */
export default function PlaceOrder() {
  const { offeringId = '' } = useAddress();
  const offering = useRead(catalogueRoutes.readPublicOffering, { params: { offeringId } });
  return (
    <Read of={offering}>
      {(data) => (
        <Acting kind="enterprise">
          {(organisationId) => <Order offering={data} organisationId={organisationId} />}
        </Acting>
      )}
    </Read>
  );
}

interface OrderProps {
  readonly offering: Offering;
  readonly organisationId: string;
}

function Order({ offering, organisationId }: OrderProps) {
  const { strings } = useLanguage();
  const text = strings.enterprise.place;
  const navigate = useNavigate();
  const { data: plan } = useCurrentPlan();
  const form = useForm(ordersRoutes.placeOrder, {
    draft: `order.${offering.id}`,
    initial: {
      '/quantity': '1',
      '/wantedFrom': today(),
      '/wantedTo': daysLater(today(), A_YEAR),
      '/choice/use': offering.voucherSupported ? 'maximum' : 'none',
    },
    call: { organisationId },
    body: (fields, given): object => ({
      ...given,
      offeringId: offering.id,
      offeringNumber: preview.data?.offeringNumber ?? offering.number,
      quantity: given.quantity === undefined ? undefined : countOf(String(given.quantity)),
      choice: fields['/choice/use'] === 'amount' ? given.choice : { use: fields['/choice/use'] },
      // Where nothing was short, less than was shown is refused and asked about.
      whenShort: asks ? whenShort : 'refuse',
    }),
    check: (order) => (plan ? periodErrors(order, plan.parameters.longestContractDays) : []),
    // It is the choice of what to do when the money is short that they ask for.
    places: { 'voucher-would-be-smaller': '/whenShort', 'waiting-list-ahead': '/whenShort' },
    refused: () => refresh(ordersRoutes.previewEntitlement, catalogueRoutes.readPublicOffering),
    done: ({ id }) => navigate({ to: '/orders/$orderId', params: { orderId: id } as never }),
  });
  const { fields, bind } = form;
  const use = fields['/choice/use'] ?? 'maximum';
  const preview = usePreview(offering.id, organisationId, fields);

  // Nothing can be taken of nothing.
  const closed = Number(preview.data?.entitlement.amount) === 0 ? ['smaller'] : [];
  const whenShort = fields['/whenShort'] || (closed.length > 0 ? 'wait' : 'smaller');
  const isShort = use !== 'none' && preview.data !== undefined && isLess(preview.data);
  const asks = isShort || form.errors.some(({ pointer }) => pointer === '/whenShort');
  return (
    <Page
      title={`${strings.offering.order} · ${offering.name}`}
      lead={text.lead(offering.providerName)}
      aside={
        <PageLink to="/catalogue/$offeringId" params={{ offeringId: offering.id }}>
          ← {text.back}
        </PageLink>
      }
    >
      <div className="form-and-result">
        <Form of={form} submit={use === 'none' ? text.submitPlain : text.submit} className="card">
          <p className="offering-price">
            <strong className="figures">{money(offering.price)}</strong>{' '}
            <span className="quiet">{strings.catalogue.per[offering.priceUnit]}</span>
          </p>
          <TextField
            label={text.quantity}
            hint={text.quantityHint(text.units[offering.priceUnit])}
            {...bind('/quantity')}
            inputMode="numeric"
            maxLength={7}
            autoComplete="off"
          />
          <div className="two-fields">
            <TextField label={text.wantedFrom} {...bind('/wantedFrom')} type="date" />
            <TextField label={text.wantedTo} {...bind('/wantedTo')} type="date" />
          </div>
          {offering.voucherSupported ? (
            <ChoiceField
              label={text.choice}
              {...bind('/choice/use')}
              choices={(['maximum', 'amount', 'none'] as const).map((one) => ({ value: one, ...text.choices[one] }))}
            />
          ) : (
            <p className="note">{strings.offering.noVoucher}</p>
          )}
          {use === 'amount' && <AmountField label={text.amount} {...bind('/choice/amount')} />}
          {asks && (
            <>
              {preview.data && (
                <p className="note">
                  {text.short(money(preview.data.entitlement.amount), money(preview.data.fullAmount))}
                </p>
              )}
              <ChoiceField
                label={text.whenShort}
                {...bind('/whenShort')}
                value={whenShort}
                choices={(['smaller', 'wait', 'refuse'] as const).map((what) => ({
                  value: what,
                  ...text.shorts[what],
                }))}
                closed={closed}
              />
            </>
          )}
        </Form>
        <PreviewCard preview={preview} use={use} />
      </div>
    </Page>
  );
}

const isLess = ({ entitlement, fullAmount }: Preview): boolean => entitlement.amount !== fullAmount;

/** What the order would be given, asked a moment after the last key. */
function usePreview(offeringId: string, organisationId: string, fields: Fields) {
  const typed = (name: string) => fields[name]?.trim() ?? '';
  const use = typed('/choice/use');
  const asked = { quantity: typed('/quantity'), use, ...(use === 'amount' ? { amount: typed('/choice/amount') } : {}) };
  const content = JSON.stringify(asked);
  const [settled, setSettled] = useState(content);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(content), QUIET_MS);
    return () => clearTimeout(timer);
  }, [content]);
  const query = JSON.parse(settled);
  const { errors } = readFields(ordersRoutes.previewEntitlement.query, query);
  const read = useRead(
    ordersRoutes.previewEntitlement,
    { params: { offeringId }, query, organisationId },
    errors === undefined,
  );
  return {
    data: errors ? undefined : read.data,
    error: errors ? undefined : read.error,
    refetch: read.refetch,
    errors,
  };
}
