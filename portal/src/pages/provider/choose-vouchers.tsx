import { useState } from 'react';
import { ordersRoutes } from '../../../../contracts/orders.ts';
import type { Answer } from '../../api/client.ts';
import { refresh } from '../../api/refresh.ts';
import { Button } from '../../components/button.tsx';
import { Section } from '../../components/page.tsx';
import { FailureSentence, Read } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { day, money, today } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useAddItems } from './add-items.ts';
import type { Claim } from './claim-items.ts';
import { useWholeList } from './whole-list.ts';

export type Voucher = Answer<typeof ordersRoutes.listVouchers>['items'][number];

/** Whether a voucher can go into a claim of a year today: used, in no claim, of that year or an earlier one, still valid. */
export const isClaimable = ({ status, year, expiresOn }: Voucher, claimYear: number): boolean =>
  status === 'used' && year <= claimYear && expiresOn >= today();

interface ChooseVouchersProps {
  readonly claim: Claim;
  readonly organisationId: string;
}

/** Used vouchers that are in no claim; those that are chosen go in without evidence, which is entered there. */
export function ChooseVouchers({ claim, organisationId }: ChooseVouchersProps) {
  const { strings, language } = useLanguage();
  const text = strings.provider.claim;
  const vouchers = useWholeList(ordersRoutes.listVouchers, { query: { limit: 100 }, organisationId });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const adding = useAddItems(claim.id, organisationId);
  const choose = (ids: readonly string[], isChosen: boolean) =>
    setChosen(new Set([...chosen].filter((id) => !ids.includes(id)).concat(isChosen ? ids : [])));
  const add = async () => {
    const none = { invoices: [], transfers: [] };
    await adding.run([...chosen].map((voucherId) => ({ voucherId, evidence: async () => none })));
    await refresh(ordersRoutes.listVouchers);
    setChosen(new Set());
  };
  return (
    <Section title={text.choose} lead={text.chooseLead}>
      <Read of={vouchers}>
        {(all) => {
          const claimable = all.filter((voucher) => isClaimable(voucher, claim.year));
          if (claimable.length === 0) return <p className="card quiet">{text.chooseNone}</p>;
          const ids = claimable.map(({ id }) => id);
          return (
            <>
              <label className="check">
                <input
                  type="checkbox"
                  checked={ids.every((id) => chosen.has(id))}
                  onChange={(event) => choose(ids, event.target.checked)}
                />
                {text.selectAll}
              </label>
              <Table
                caption={text.choose}
                rows={claimable}
                keyOf={({ id }) => id}
                columns={[
                  {
                    title: text.select,
                    cell: ({ id, number }) => (
                      <input
                        type="checkbox"
                        className="row-check"
                        aria-label={text.selectVoucher(number)}
                        checked={chosen.has(id)}
                        onChange={(event) => choose([id], event.target.checked)}
                      />
                    ),
                  },
                  { title: text.voucher, cell: ({ number }) => <span className="code">{number}</span> },
                  {
                    title: text.enterprise,
                    cell: ({ id, enterpriseName }) => {
                      const state = adding.states.get(id);
                      return (
                        <>
                          {enterpriseName}
                          {state?.at === 'refused' && (
                            <p className="field-error" role="alert">
                              <FailureSentence error={state.cause} />
                            </p>
                          )}
                        </>
                      );
                    },
                  },
                  { title: text.amount, figures: true, cell: ({ face }) => money(face) },
                  { title: text.expires, cell: ({ expiresOn }) => day(expiresOn, language) },
                ]}
              />
              <p className="actions">
                <Button disabled={chosen.size === 0 || adding.isRunning} onClick={add}>
                  {adding.isRunning ? text.adding : text.add(chosen.size)}
                </Button>
              </p>
            </>
          );
        }}
      </Read>
    </Section>
  );
}
