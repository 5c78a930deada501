import { useState } from 'react';
import { registryRoutes } from '../../../../contracts/registry.ts';
import type { Answer } from '../../api/client.ts';
import { ApiProblem } from '../../api/failures.ts';
import { useRead } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { CommandForm } from '../../components/command-form.tsx';
import { TextField } from '../../components/field.tsx';
import { Facts, Section } from '../../components/page.tsx';
import { Failure, Loading } from '../../components/states.tsx';
import { useLanguage } from '../../language/language.tsx';
import { Part } from './part.tsx';

type Identity = Answer<typeof registryRoutes.readIdentity>;

interface AccountProps {
  readonly organisationId: string;
}

/** The account that payments go to, and how an owner corrects it. */
export function AccountSection({ organisationId }: AccountProps) {
  const { strings } = useLanguage();
  const text = strings.provider.payments;
  const [isChanging, setChanging] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const identity = useRead(registryRoutes.readIdentity, { params: { organisationId }, organisationId });
  const own = useRead(registryRoutes.readOrganisation, { params: { organisationId }, organisationId });
  const isMissing = identity.error instanceof ApiProblem && identity.error.problem.status === 404;
  const account = identity.data?.bankAccount;
  return (
    <Section title={text.account} lead={text.accountLead}>
      {identity.error && !isMissing && <Failure error={identity.error} retry={identity.refetch} />}
      {identity.isPending && <Loading />}
      <div className="card">
        {account ? (
          <Facts
            of={[
              [text.accountName, account.accountName],
              [text.bank, account.bank],
              [
                text.number,
                <span key="number" className="code">
                  {account.number}
                </span>,
              ],
            ]}
          />
        ) : (
          !identity.isPending && <p className="quiet">{text.accountNone}</p>
        )}
      </div>
      <div role="status">{isSaved && <p className="note note-good">{text.accountSaved}</p>}</div>
      {isChanging && own.data ? (
        <AccountForm
          organisationId={organisationId}
          name={own.data.name}
          identity={identity.data}
          saved={() => {
            setChanging(false);
            setSaved(true);
          }}
          close={() => setChanging(false)}
        />
      ) : (
        <p className="actions">
          <Button
            look="quiet"
            onClick={() => {
              setSaved(false);
              setChanging(true);
            }}
          >
            {text.change}
          </Button>
        </p>
      )}
    </Section>
  );
}

interface AccountFormProps extends AccountProps {
  readonly name: string;
  readonly identity: Identity | undefined;
  readonly saved: () => void;
  readonly close: () => void;
}

/**
 * The identity is given as a whole: what is masked here cannot be sent back, so the contact is entered again. None of its numbers
 * is ever kept in a browser.
 */
function AccountForm({ organisationId, name, identity, saved, close }: AccountFormProps) {
  const { strings } = useLanguage();
  const text = strings.provider.payments;
  return (
    <CommandForm
      contract={registryRoutes.putIdentity}
      initial={{
        '/bankAccount/accountName': name,
        '/bankAccount/bank': identity?.bankAccount?.bank ?? '',
        '/bankAccount/number': '',
      }}
      call={{ params: { organisationId }, version: identity?.version ?? 0, organisationId }}
      submit={text.saveAccount}
      className="card"
      done={saved}
      aside={
        <Button look="quiet" onClick={close}>
          {strings.provider.form.cancel}
        </Button>
      }
    >
      {({ bind }) => (
        <>
          <TextField
            label={text.accountName}
            {...bind('/bankAccount/accountName')}
            autoComplete="off"
            maxLength={120}
          />
          <div className="field-row">
            <TextField label={text.bank} {...bind('/bankAccount/bank')} autoComplete="off" maxLength={120} />
            <TextField
              label={text.number}
              hint={text.numberHint}
              {...bind('/bankAccount/number')}
              inputMode="numeric"
              autoComplete="off"
              maxLength={40}
            />
          </div>
          <Part title={text.identity}>
            <p className="quiet">{text.identityLead}</p>
            <div className="field-row">
              <TextField
                label={text.legalRepresentative}
                {...bind('/legalRepresentative')}
                autoComplete="off"
                maxLength={120}
              />
              <TextField label={text.contactName} {...bind('/contactName')} autoComplete="off" maxLength={120} />
            </div>
            <div className="field-row">
              <TextField label={text.contactIdNumber} {...bind('/contactIdNumber')} autoComplete="off" maxLength={24} />
              <TextField
                label={text.contactPhone}
                {...bind('/contactPhone')}
                type="tel"
                autoComplete="off"
                maxLength={30}
              />
            </div>
          </Part>
        </>
      )}
    </CommandForm>
  );
}
