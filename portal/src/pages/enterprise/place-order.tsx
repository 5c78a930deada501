import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { catalogueRoutes } from '../../../../contracts/catalogue.ts';
import { readFields } from '../../../../contracts/field-errors.ts';
import { periodErrors } from '../../../../contracts/order-checks.ts';
import { ordersRoutes } from '../../../../contracts/orders.ts';
import type { Answer } from '../../api/client.ts';
import { useCurrentPlan } from '../../api/current-plan.ts';
import { useRead } from '../../api/queries.ts';
import { refresh } from '../../api/refresh.ts';
import { Button } from '../../components/button.tsx';
import { ChoiceField } from '../../components/choice-field.tsx';
import { AmountField, focusFirstRefused, Refused, TextField } from '../../components/field.tsx';
import { readBody, useForm } from '../../components/form.ts';
import { Page } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Read } from '../../components/states.tsx';
import { TurnedDown } from '../../components/turned-down.tsx';
import { daysLater, money, today } from '../../format/format.ts';
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
  const form = useForm(
    ordersRoutes.placeOrder,
    `order.${offering.id}`,
    {
      quantity: '1',
      wantedFrom: today(),
      wantedTo: daysLater(today(), A_YEAR),
      use: offering.voucherSupported ? 'maximum' : 'none',
      amount: '',
      whenShort: '',
    },
    // It is the choice of what to do when the money is short that they ask for.
    { 'voucher-would-be-smaller': '/whenShort', 'waiting-list-ahead': '/whenShort' },
  );
  const { fields } = form;
  const [early, setEarly] = useState<readonly ReturnType<typeof periodErrors>[number][]>([]);
  const preview = usePreview(offering.id, organisationId, fields);
  const { answer } = form;
  useEffect(() => {
    if (answer) navigate({ to: '/orders/$orderId', params: { orderId: answer.id } as never });
  }, [answer, navigate]);

  // Nothing can be taken of nothing.
  const closed = Number(preview.data?.entitlement.amount) === 0 ? ['smaller'] : [];
  const whenShort = fields.whenShort || (closed.length > 0 ? 'wait' : 'smaller');
  const isShort = fields.use !== 'none' && preview.data !== undefined && isLess(preview.data);
  const errors = [...form.errors, ...early];
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const asks = isShort || form.errors.some(({ pointer }) => pointer === '/whenShort');
    const body = bodyOf(offering, preview.data, fields, asks ? whenShort : 'refuse');
    const { value } = readBody(ordersRoutes.placeOrder, body);
    const refused = value && plan ? periodErrors(value, plan.parameters.longestContractDays) : [];
    setEarly(refused);
    if (refused.length > 0) return focusFirstRefused(element);
    const outcome = await form.submit({ body: body as never, organisationId });
    if (outcome === 'accepted') {
      form.forget();
      await refresh(ordersRoutes.listOrders, ordersRoutes.readYearlyCap, ordersRoutes.previewEntitlement);
    } else if (outcome === 'refused') {
      focusFirstRefused(element);
      await refresh(ordersRoutes.previewEntitlement, catalogueRoutes.readPublicOffering);
    }
  };
  const bind = (name: keyof typeof fields, pointer?: string) => {
    const bound = form.bind(name, pointer);
    return {
      ...bound,
      errors,
      change: (value: string) => {
        setEarly([]);
        bound.change(value);
      },
    };
  };
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
        <form className="card form" onSubmit={submit} noValidate>
          <p className="offering-price">
            <strong className="figures">{money(offering.price)}</strong>{' '}
            <span className="quiet">{strings.catalogue.per[offering.priceUnit]}</span>
          </p>
          <TextField
            label={text.quantity}
            hint={text.quantityHint(text.units[offering.priceUnit])}
            {...bind('quantity')}
            inputMode="numeric"
            maxLength={7}
            autoComplete="off"
          />
          <div className="two-fields">
            <TextField label={text.wantedFrom} {...bind('wantedFrom')} type="date" />
            <TextField label={text.wantedTo} {...bind('wantedTo')} type="date" />
          </div>
          {offering.voucherSupported ? (
            <ChoiceField
              label={text.choice}
              {...bind('use', '/choice/use')}
              choices={(['maximum', 'amount', 'none'] as const).map((use) => ({ value: use, ...text.choices[use] }))}
            />
          ) : (
            <p className="note">{strings.offering.noVoucher}</p>
          )}
          {fields.use === 'amount' && <AmountField label={text.amount} {...bind('amount', '/choice/amount')} />}
          {(isShort || errors.some(({ pointer }) => pointer === '/whenShort')) && (
            <>
              {preview.data && (
                <p className="note">
                  {text.short(money(preview.data.entitlement.amount), money(preview.data.fullAmount))}
                </p>
              )}
              <ChoiceField
                label={text.whenShort}
                {...bind('whenShort')}
                value={whenShort}
                choices={(['smaller', 'wait', 'refuse'] as const).map((what) => ({
                  value: what,
                  ...text.shorts[what],
                }))}
                closed={closed}
              />
            </>
          )}
          <Refused errors={errors} />
          <TurnedDown cause={form.cause} />
          <Button type="submit" disabled={form.pending}>
            {form.pending ? strings.commands.sending : fields.use === 'none' ? text.submitPlain : text.submit}
          </Button>
        </form>
        <PreviewCard preview={preview} use={fields.use} />
      </div>
    </Page>
  );
}

type Fields = Readonly<Record<'quantity' | 'wantedFrom' | 'wantedTo' | 'use' | 'amount' | 'whenShort', string>>;

/** What is asked for, as the contract takes it. Where nothing was short, less than was shown is refused and asked about. */
function bodyOf(offering: Offering, preview: Preview | undefined, fields: Fields, whenShort: string): object {
  const { quantity, wantedFrom, wantedTo, use, amount } = fields;
  const given = Object.entries({ wantedFrom, wantedTo }).filter(([, value]) => value !== '');
  return {
    offeringId: offering.id,
    offeringNumber: preview?.offeringNumber ?? offering.number,
    ...(quantity.trim() === '' ? {} : { quantity: Number(quantity) }),
    ...Object.fromEntries(given),
    choice: use === 'amount' ? { use, ...(amount.trim() === '' ? {} : { amount: amount.trim() }) } : { use },
    whenShort,
  };
}

const isLess = ({ entitlement, fullAmount }: Preview): boolean => entitlement.amount !== fullAmount;

/** What the order would be given, asked a moment after the last key. */
function usePreview(offeringId: string, organisationId: string, { quantity, use, amount }: Fields) {
  const asked = {
    quantity: quantity.trim(),
    use,
    ...(use === 'amount' ? { amount: amount.trim() } : {}),
  };
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
