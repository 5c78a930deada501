import { useState } from 'react';
import { payoutsRoutes } from '../../../../contracts/payouts.ts';
import { type Answer, call } from '../../api/client.ts';
import { queryClient } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { ControlTotals } from '../../components/control-totals.tsx';
import { Section } from '../../components/page.tsx';
import { Failure } from '../../components/states.tsx';
import { money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import type { Payout } from './payout-state.tsx';

type File = Answer<typeof payoutsRoutes.readPaymentFile>;

/** The file for the bank: asked for when it is wanted, because every export is in the trail. */
export function PaymentFile({ payout }: { readonly payout: Payout }) {
  const { strings } = useLanguage();
  const text = strings.money.payout;
  const [state, setState] = useState<{ pending: boolean; file?: File; error?: unknown }>({ pending: false });
  const fetchFile = async () => {
    setState({ pending: true });
    try {
      const file = await call(payoutsRoutes.readPaymentFile, { params: { payoutId: payout.id } });
      save(file);
      setState({ pending: false, file });
      queryClient.invalidateQueries({ queryKey: [payoutsRoutes.readPayoutTrail.operation] });
    } catch (error) {
      setState({ pending: false, error });
    }
  };
  const { file } = state;
  return (
    <Section title={text.file} lead={text.fileLead}>
      <div className="card payment-file">
        <Button disabled={state.pending} onClick={fetchFile}>
          {state.pending ? text.downloading : text.download}
        </Button>
        {state.error !== undefined && <Failure error={state.error} />}
        {file && (
          <div role="status">
            <p>
              {text.fileName} <span className="code">{file.fileName}</span>
            </p>
            <ControlTotals
              of={[
                { label: text.lineCount, stated: String(file.count) },
                {
                  label: text.sent,
                  stated: money(file.total),
                  counted: payout.sent === undefined ? undefined : money(payout.sent),
                },
              ]}
            />
          </div>
        )}
      </div>
    </Section>
  );
}

function save({ csv, fileName }: File): void {
  const address = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
