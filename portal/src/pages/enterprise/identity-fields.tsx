import { TextField } from '../../components/field.tsx';
import { assemble, type Fields } from '../../components/fields.ts';
import type { Filling } from '../../components/filling.ts';
import { useLanguage } from '../../language/language.tsx';
import type { Strings } from '../../strings/zh-CN.ts';
import type { Organisation } from './certification-status.tsx';
import type { Reason } from './reasons.tsx';
import { ReasonsAt } from './reasons.tsx';
import type { IdentityAnswer } from './use-identity.ts';

/** Where the identity stands in the form of an application. */
const PLACE = '/identity';
export const isOfIdentity = (pointer: string): boolean => pointer === PLACE || pointer.startsWith(`${PLACE}/`);

export const isIdentityFaulty = (reasons: readonly Pick<Reason, 'pointer'>[]): boolean =>
  reasons.some(({ pointer }) => isOfIdentity(pointer));

/** As the contract takes it; a provider's account is in its own name. */
export function identityBody(fields: Fields, kind: Organisation['kind'], accountName: string): object {
  const typed = Object.entries(fields).filter(([name]) => isOfIdentity(name));
  return assemble({
    ...(kind === 'provider' ? { '/bankAccount/accountName': accountName } : {}),
    ...Object.fromEntries(typed.map(([name, value]) => [name.slice(PLACE.length), value])),
  });
}

/** Numbers are often copied with spaces between their groups. */
const compact = (text: string): string => text.replace(/\s/g, '').toUpperCase();

interface IdentityFieldsProps {
  readonly kind: Organisation['kind'];
  readonly bind: Filling['bind'];
  readonly reasons: readonly Reason[];
  readonly accountName: string;
}

/** Legal representative, contact, and for a provider the account it is paid to (clause 四). */
export function IdentityFields({ kind, bind, reasons, accountName }: IdentityFieldsProps) {
  const { strings } = useLanguage();
  const text = strings.enterprise.certification;
  const bound = (name: string) => ({ ...bind(`${PLACE}/${name}`), maxLength: 60, autoComplete: 'off' });
  const number = (name: string) => ({
    ...bound(name),
    change: (value: string) => bound(name).change(compact(value)),
    spellCheck: false,
  });
  const reasonsAt = (name: string) => <ReasonsAt pointer={`${PLACE}/${name}`} reasons={reasons} />;
  return (
    <>
      <ReasonsAt pointer={PLACE} reasons={reasons} />
      {reasonsAt('legalRepresentative')}
      <TextField label={text.legalRepresentative} {...bound('legalRepresentative')} />
      {reasonsAt('contactName')}
      <TextField label={text.contactName} hint={text.contactNameHint} {...bound('contactName')} />
      {reasonsAt('contactIdNumber')}
      <TextField label={text.contactIdNumber} hint={text.contactIdNumberHint} {...number('contactIdNumber')} />
      {reasonsAt('contactPhone')}
      <TextField label={text.contactPhone} hint={strings.objection.phoneHint} {...bound('contactPhone')} type="tel" />
      {kind === 'provider' && (
        <>
          {reasonsAt('bankAccount')}
          <p className="note">{text.accountName(accountName)}</p>
          {reasonsAt('bankAccount/bank')}
          <TextField label={text.bank} hint={text.bankHint} {...bound('bankAccount/bank')} />
          {reasonsAt('bankAccount/number')}
          <TextField label={text.accountNumber} {...number('bankAccount/number')} inputMode="numeric" />
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
