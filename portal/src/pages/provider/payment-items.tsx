import { useState } from 'react';
import { claimsRoutes } from '../../../../contracts/claims.ts';
import type { payoutsRoutes } from '../../../../contracts/payouts.ts';
import type { Answer } from '../../api/client.ts';
import { useRead } from '../../api/queries.ts';
import { PageLink } from '../../components/page-link.tsx';
import { Table } from '../../components/table.tsx';
import { money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';

interface PaymentItemsProps {
  readonly payment: Answer<typeof payoutsRoutes.listPayments>['items'][number];
  readonly organisationId: string;
}

/** The vouchers of a payment, each with what was paid of it and what waits for money; read when they are asked for. */
export function PaymentItems({ payment, organisationId }: PaymentItemsProps) {
  const { strings } = useLanguage();
  const text = strings.provider.payments;
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{text.items(payment.items.length)}</summary>
      {isOpen && (
        <Table
          caption={text.items(payment.items.length)}
          rows={payment.items}
          keyOf={({ claimItemId }) => claimItemId}
          columns={[
            {
              title: strings.provider.claim.voucher,
              cell: (item) => <ItemName {...item} organisationId={organisationId} />,
            },
            { title: text.itemAmount, figures: true, cell: ({ amount }) => money(amount) },
            { title: text.itemDeferred, figures: true, cell: ({ deferred }) => money(deferred) },
          ]}
        />
      )}
    </details>
  );
}

interface ItemNameProps {
  readonly claimId: string;
  readonly claimItemId: string;
  readonly organisationId: string;
}

function ItemName({ claimId, claimItemId, organisationId }: ItemNameProps) {
  const { strings } = useLanguage();
  const params = { claimId, itemId: claimItemId };
  const item = useRead(claimsRoutes.readClaimItem, { params, organisationId });
  return (
    <PageLink to="/provider/claims/$claimId/items/$itemId" params={params}>
      {item.data ? (
        <>
          <span className="code">{item.data.voucherNumber}</span> {item.data.enterpriseName}
        </>
      ) : (
        strings.states.loading
      )}
    </PageLink>
  );
}
