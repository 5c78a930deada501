import { offeringErrors } from '../../../../contracts/provider-checks.ts';
import { AmountField, LongTextField, SelectField, TextField } from '../../components/field.tsx';
import type { Fields } from '../../components/fields.ts';
import type { Filling } from '../../components/filling.ts';
import { DocumentField } from '../../components/upload.tsx';
import { today } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import type { OfferingVersion } from './offering-version.ts';
import { Part } from './part.tsx';

/** What a new offering starts with. */
export const emptyOffering = (): Fields => ({
  '/name': '',
  '/description': '',
  '/kind': '',
  '/price': '',
  '/priceUnit': 'year',
  '/voucherSupported': 'true',
  '/marketPrice/price': '',
  '/marketPrice/source': '',
  '/marketPrice/observedOn': today(),
  '/marketPrice/documentId': '',
});

/** A version as it is typed. */
export const fieldsOf = (version: OfferingVersion): Fields => ({
  '/name': version.name,
  '/description': version.description,
  '/kind': version.kind,
  '/price': version.price,
  '/priceUnit': version.priceUnit,
  '/voucherSupported': String(version.voucherSupported),
  '/marketPrice/price': version.marketPrice.price,
  '/marketPrice/source': version.marketPrice.source,
  '/marketPrice/observedOn': version.marketPrice.observedOn,
  '/marketPrice/documentId': version.marketPrice.documentId,
});

/** The body of a version. */
export const contentOf = (fields: Fields, given: object) => ({
  ...given,
  voucherSupported: fields['/voucherSupported'] === 'true',
});

/** What no version may say, as of now (clause 三-(二)). */
export const contentErrors = (content: Parameters<typeof offeringErrors>[0]) => offeringErrors(content, Date.now());

interface OfferingFieldsProps {
  readonly bind: Filling['bind'];
  readonly organisationId: string;
}

/** The fields of a version, with the evidence of its market price. */
export function OfferingFields({ bind, organisationId }: OfferingFieldsProps) {
  const { strings } = useLanguage();
  const { kindChoices } = useNames();
  const text = strings.provider.offering;
  const units = Object.entries(text.units);
  return (
    <>
      <TextField label={text.name} hint={text.nameHint} {...bind('/name')} maxLength={120} autoComplete="off" />
      <LongTextField label={text.description} hint={text.descriptionHint} {...bind('/description')} />
      <SelectField label={text.kind} {...bind('/kind')} none={strings.states.choose} groups={kindChoices} />
      <div className="field-row">
        <AmountField label={text.price} hint={text.priceHint} {...bind('/price')} />
        <SelectField label={text.unit} {...bind('/priceUnit')} groups={[{ choices: units }]} />
        <SelectField
          label={text.voucher}
          {...bind('/voucherSupported')}
          groups={[
            {
              choices: [
                ['true', text.voucherYes],
                ['false', text.voucherNo],
              ],
            },
          ]}
        />
      </div>
      <Part title={text.market}>
        <div className="field-row">
          <AmountField label={text.marketPrice} hint={text.marketHint} {...bind('/marketPrice/price')} />
          <TextField label={text.observedOn} {...bind('/marketPrice/observedOn')} type="date" max={today()} />
        </div>
        <TextField label={text.source} hint={text.sourceHint} {...bind('/marketPrice/source')} maxLength={120} />
        <DocumentField
          label={text.evidence}
          hint={text.evidenceHint}
          purpose="market-price-evidence"
          organisationId={organisationId}
          {...bind('/marketPrice/documentId')}
        />
      </Part>
    </>
  );
}
