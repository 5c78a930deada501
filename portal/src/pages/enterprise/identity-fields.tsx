import { useState } from 'react';
import type { FieldError } from '../../../../contracts/field-errors.ts';
import { TextField } from '../../components/field.tsx';
import { filledIn } from '../../components/form.ts';
import { useLanguage } from '../../language/language.tsx';
import type { Strings } from '../../strings/zh-CN.ts';
import type { Organisation } from './certification-status.tsx';
import type { Reason } from './reasons.tsx';
import { ReasonsAt } from './reasons.tsx';
import type { IdentityAnswer } from './use-identity.ts';

const blank = {
  legalRepresentative: '',
  contactName: '',
  contactIdNumber: '',
  contactPhone: '',
  bank: '',
  number: '',
};
type Fields = typeof blank;

/** Where each stands in the form of an application. */
export const identityPointers: Readonly<Record<keyof Fields, string>> = {
  legalRepresentative: '/identity/legalRepresentative',
  contactName: '/identity/contactName',
  contactIdNumber: '/identity/contactIdNumber',
  contactPhone: '/identity/contactPhone',
  bank: '/identity/bankAccount/bank',
  number: '/identity/bankAccount/number',
};

export const isIdentityFaulty = (reasons: readonly Pick<Reason, 'pointer'>[]): boolean =>
  reasons.some(({ pointer }) => pointer === '/identity' || pointer.startsWith('/identity/'));

/** What is typed of an identity: in memory only, so that no number is ever kept in a browser. */
export function useIdentityFields(kind: Organisation['kind']) {
  const [fields, setFields] = useState<Fields>(blank);
  return {
    fields,
    set: (name: keyof Fields, value: string) => setFields({ ...fields, [name]: value }),
    isPaid: kind === 'provider',
    /** As the contract takes it; a provider's account is in its own name. */
    body: (accountName: string): object => {
      const { bank, number, ...contact } = fields;
      const account =
        kind === 'provider' ? { bankAccount: filledIn({ accountName, bank, number: compact(number) }) } : {};
      return {
        ...filledIn({ ...contact, contactIdNumber: compact(contact.contactIdNumber).toUpperCase() }),
        ...account,
      };
    },
  };
}

/** Numbers are often copied with spaces between their groups. */
const compact = (text: string): string => text.replace(/\s/g, '');

interface IdentityFieldsProps {
  readonly form: ReturnType<typeof useIdentityFields>;
  readonly errors: readonly FieldError[];
  readonly reasons: readonly Reason[];
  readonly touch: (pointer: string) => void;
  readonly accountName: string;
}

/** Legal representative, contact, and for a provider the account it is paid to (clause 四). */
export function IdentityFields({ form, errors, reasons, touch, accountName }: IdentityFieldsProps) {
  const { strings } = useLanguage();
  const text = strings.enterprise.certification;
  const bind = (name: keyof Fields) => ({
    pointer: identityPointers[name],
    errors,
    value: form.fields[name],
    change: (value: string) => {
      form.set(name, value);
      touch(identityPointers[name]);
    },
    maxLength: 60,
    autoComplete: 'off',
  });
  const reasonsAt = (name: keyof Fields) => <ReasonsAt pointer={identityPointers[name]} reasons={reasons} />;
  return (
    <>
      <ReasonsAt pointer="/identity" reasons={reasons} />
      {reasonsAt('legalRepresentative')}
      <TextField label={text.legalRepresentative} {...bind('legalRepresentative')} />
      {reasonsAt('contactName')}
      <TextField label={text.contactName} hint={text.contactNameHint} {...bind('contactName')} />
      {reasonsAt('contactIdNumber')}
      <TextField
        label={text.contactIdNumber}
        hint={text.contactIdNumberHint}
        {...bind('contactIdNumber')}
        spellCheck={false}
      />
      {reasonsAt('contactPhone')}
      <TextField label={text.contactPhone} hint={strings.objection.phoneHint} {...bind('contactPhone')} type="tel" />
      {form.isPaid && (
        <>
          <ReasonsAt pointer="/identity/bankAccount" reasons={reasons} />
          <p className="note">{text.accountName(accountName)}</p>
          {reasonsAt('bank')}
          <TextField label={text.bank} hint={text.bankHint} {...bind('bank')} />
          {reasonsAt('number')}
          <TextField label={text.accountNumber} {...bind('number')} inputMode="numeric" />
        </>
      )}
    </>
  );
}

/** What is shown of identity data: as the API answers it, masked. */
export const identityFacts = (
  { legalRepresentative, contactName, contactIdNumber, contactPhone, bankAccount }: IdentityAnswer,
  labels: Strings['enterprise']['certification'],
): readonly (readonly [string, string])[] => [
  [labels.legalRepresentative, legalRepresentative],
  [labels.contactName, contactName],
  [labels.contactIdNumber, contactIdNumber],
  [labels.contactPhone, contactPhone],
  ...(bankAccount
    ? [[labels.bank, bankAccount.bank] as const, [labels.accountNumber, bankAccount.number] as const]
    : []),
];
