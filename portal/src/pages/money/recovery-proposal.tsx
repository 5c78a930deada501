import { useNavigate } from '@tanstack/react-router';
import { ordersRoutes } from '../../../../contracts/orders.ts';
import { recoveriesRoutes } from '../../../../contracts/recoveries.ts';
import { useRead } from '../../api/queries.ts';
import { CommandForm } from '../../components/command-form.tsx';
import { AmountField, SelectField } from '../../components/field.tsx';
import { Facts, Page } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Empty, Read } from '../../components/states.tsx';
import { money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useQuestion } from '../../routing.ts';
import { NoteField } from './note-field.tsx';
import '../../styles/money.css';

/** The industry department proposes to take back what was paid for a voucher. */
export default function RecoveryProposal() {
  const { strings } = useLanguage();
  const [{ voucher: voucherId }] = useQuestion();
  const text = strings.money.recoveries;
  return (
    <Page
      title={strings.pages.recoveryProposal}
      lead={text.proposalLead}
      aside={<PageLink to="/recoveries">{strings.money.form.back}</PageLink>}
    >
      {voucherId ? <Proposal voucherId={voucherId} /> : <Empty title={text.noVoucher} />}
    </Page>
  );
}

function Proposal({ voucherId }: { readonly voucherId: string }) {
  const { strings } = useLanguage();
  const navigate = useNavigate();
  const text = strings.money.recoveries;
  const voucher = useRead(ordersRoutes.readVoucher, { params: { voucherId } });
  return (
    <>
      <Read of={voucher}>
        {({ number, enterpriseName, providerName, face, payable }) => (
          <div className="card">
            <Facts
              of={[
                [text.voucher, number],
                [text.provider, providerName],
                [text.enterprise, enterpriseName],
                [text.face, money(face)],
                ...(payable ? [[text.payable, money(payable)] as const] : []),
              ]}
            />
          </div>
        )}
      </Read>
      <div className="card">
        <CommandForm
          contract={recoveriesRoutes.proposeRecovery}
          name={`recovery.${voucherId}`}
          body={(_, given) => ({ ...given, voucherId })}
          submit={text.propose}
          done={({ providerId, id }) =>
            navigate({ to: '/recoveries/$providerId/$recoveryId', params: { providerId, recoveryId: id } as never })
          }
        >
          {({ bind }) => (
            <div className="field-grid">
              <SelectField
                label={text.reason}
                {...bind('/reasonCode')}
                none={strings.states.choose}
                groups={[{ choices: Object.entries(text.reasons) }]}
              />
              <AmountField label={text.amountField} hint={text.amountHint} optional {...bind('/amount')} />
              <NoteField {...bind('/note')} />
            </div>
          )}
        </CommandForm>
      </div>
    </>
  );
}
