import { claimsRoutes } from '../../../../contracts/claims.ts';
import { evidenceErrors } from '../../../../contracts/provider-checks.ts';
import type { DocumentPurpose } from '../../../../contracts/uploads.ts';
import { Button } from '../../components/button.tsx';
import { Form, PartRefused } from '../../components/command-form.tsx';
import { AmountField, LongTextField, TextField } from '../../components/field.tsx';
import { assemble, entriesOf, entryAdded, entryRemoved, type Fields } from '../../components/fields.ts';
import type { Filling } from '../../components/filling.ts';
import { useForm } from '../../components/form.ts';
import { DocumentField } from '../../components/upload.tsx';
import { sumOf } from '../../format/amounts.ts';
import { money, today } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import type { ClaimItem } from './claim-items.ts';
import {
  type Expected,
  evidenceBody,
  evidenceFields,
  newInvoice,
  newTransfer,
  withoutUntouched,
} from './evidence-fields.ts';
import { remarksOf } from './offering-version.ts';
import { Part } from './part.tsx';

interface EvidenceFormProps {
  readonly item: ClaimItem;
  readonly expected: Expected;
  readonly organisationId: string;
  readonly saved: () => void;
}

const MOST_PAPERS = 10;

/** Invoices, transfers, usage and contract of an item; what the audit sent back stands at its fields. */
export function EvidenceForm({ item, expected, organisationId, saved }: EvidenceFormProps) {
  const { strings } = useLanguage();
  const text = strings.provider.item;
  const remarks = item.status === 'returned' && !item.correctedAt ? remarksOf(item.audit?.reasons ?? []) : [];
  const form = useForm(claimsRoutes.changeClaimItem, {
    draft: `evidence.${item.id}`,
    initial: evidenceFields(item, expected),
    remarks,
    call: { params: { claimId: item.claimId, itemId: item.id }, version: item.version, organisationId },
    body: (fields) => {
      const given = withoutUntouched(fields);
      return evidenceBody(given, assemble(given));
    },
    check: evidenceErrors,
    done: saved,
  });
  const { fields, bind, set, errors } = form;
  // Papers of which nothing was entered are not sent: the form is without them before its errors are numbered.
  const submit = () => {
    const given = withoutUntouched(fields);
    const gone = Object.entries(given).filter(([pointer, value]) => fields[pointer] !== value);
    if (gone.length > 0) set(Object.fromEntries(gone));
    return form.submit();
  };
  const papers = (list: '/invoices' | '/transfers') => entriesOf(fields, list);
  const remove = (list: string, index: number) => () => set(entryRemoved(fields, list, index));
  return (
    <Form of={{ ...form, submit }} submit={text.save} saves className="card">
      <section className="evidence-papers">
        <h3>{text.invoices}</h3>
        <PartRefused of="/invoices" errors={errors} />
        {papers('/invoices').map((at, index) => (
          <Invoice
            key={at}
            at={at}
            number={index + 1}
            bind={bind}
            organisationId={organisationId}
            remove={remove('/invoices', index)}
          />
        ))}
        <PaperEnd
          fields={fields}
          list="/invoices"
          expected={expected.fee}
          label={text.addInvoice}
          add={() => set(entryAdded(fields, '/invoices', newInvoice(expected, papers('/invoices').length === 0)))}
        />
      </section>
      <section className="evidence-papers">
        <h3>{text.transfers}</h3>
        <PartRefused of="/transfers" errors={errors} />
        {papers('/transfers').map((at, index) => (
          <Transfer
            key={at}
            at={at}
            number={index + 1}
            bind={bind}
            organisationId={organisationId}
            remove={remove('/transfers', index)}
          />
        ))}
        <PaperEnd
          fields={fields}
          list="/transfers"
          expected={expected.ownShare}
          label={text.addTransfer}
          add={() => set(entryAdded(fields, '/transfers', newTransfer(expected, papers('/transfers').length === 0)))}
        />
      </section>
      <section className="evidence-papers">
        <Part title={text.usage}>
          <PartRefused of="/usage" errors={errors} />
          <div className="field-row">
            <TextField label={text.from} {...bind('/usage/from')} type="date" />
            <TextField label={text.to} {...bind('/usage/to')} type="date" max={today()} />
            <TextField label={text.users} optional {...bind('/usage/activeUsers')} inputMode="numeric" maxLength={9} />
          </div>
          <LongTextField label={text.summary} hint={text.summaryHint} {...bind('/usage/summary')} rows={3} />
          <PaperFile
            label={text.usageFile}
            hint={text.usageFileHint}
            purpose="usage-report"
            at="/usage/documentId"
            bind={bind}
            organisationId={organisationId}
          />
        </Part>
      </section>
      <section className="evidence-papers">
        <h3>{text.contract}</h3>
        <p className="quiet">{text.contractText}</p>
        <PaperFile
          label={text.contractReplace}
          purpose="contract"
          at="/contractDocumentId"
          bind={bind}
          organisationId={organisationId}
          optional
        />
      </section>
    </Form>
  );
}

interface PaperFileProps {
  readonly label: string;
  readonly hint?: string;
  readonly purpose: DocumentPurpose;
  readonly at: string;
  readonly bind: Filling['bind'];
  readonly organisationId: string;
  readonly optional?: boolean;
}

const PaperFile = ({ at, bind, ...rest }: PaperFileProps) => <DocumentField {...rest} {...bind(at)} />;

interface PaperProps {
  /** Pointer of the paper. */
  readonly at: string;
  readonly number: number;
  readonly bind: Filling['bind'];
  readonly organisationId: string;
  readonly remove: () => void;
}

function Invoice({ at, number, bind, organisationId, remove }: PaperProps) {
  const { strings } = useLanguage();
  const text = strings.provider.item;
  return (
    <Part title={text.invoiceN(number)}>
      <div className="field-row">
        <TextField
          label={text.number}
          hint={text.numberHint}
          {...bind(`${at}/number`)}
          inputMode="numeric"
          autoComplete="off"
          maxLength={24}
        />
        <TextField
          label={text.code}
          hint={text.codeHint}
          optional
          {...bind(`${at}/code`)}
          inputMode="numeric"
          autoComplete="off"
          maxLength={16}
        />
        <TextField label={text.issuedOn} {...bind(`${at}/issuedOn`)} type="date" max={today()} />
        <AmountField label={text.amount} {...bind(`${at}/amount`)} />
      </div>
      <div className="field-row">
        <TextField label={text.buyer} {...bind(`${at}/buyerUscc`)} autoComplete="off" maxLength={24} />
        <TextField label={text.seller} {...bind(`${at}/sellerUscc`)} autoComplete="off" maxLength={24} />
      </div>
      <PaperFile
        label={text.invoiceFile}
        purpose="invoice"
        at={`${at}/documentId`}
        bind={bind}
        organisationId={organisationId}
      />
      <button type="button" className="link-button part-remove" onClick={remove}>
        {text.removeInvoice(number)}
      </button>
    </Part>
  );
}

function Transfer({ at, number, bind, organisationId, remove }: PaperProps) {
  const { strings } = useLanguage();
  const text = strings.provider.item;
  return (
    <Part title={text.transferN(number)}>
      <div className="field-row">
        <TextField label={text.serial} {...bind(`${at}/serial`)} autoComplete="off" maxLength={70} />
        <TextField label={text.paidOn} {...bind(`${at}/paidOn`)} type="date" max={today()} />
        <AmountField label={text.amount} {...bind(`${at}/amount`)} />
      </div>
      <div className="field-row">
        <TextField label={text.payer} {...bind(`${at}/payerName`)} autoComplete="off" maxLength={120} />
        <TextField label={text.payee} {...bind(`${at}/payeeName`)} autoComplete="off" maxLength={120} />
      </div>
      <PaperFile
        label={text.transferFile}
        purpose="transfer-proof"
        at={`${at}/documentId`}
        bind={bind}
        organisationId={organisationId}
      />
      <button type="button" className="link-button part-remove" onClick={remove}>
        {text.removeTransfer(number)}
      </button>
    </Part>
  );
}

interface PaperEndProps {
  readonly fields: Fields;
  readonly list: string;
  readonly expected: string;
  readonly label: string;
  readonly add: () => void;
}

/** Below papers of a kind: what they add up to beside what they should, and one more. */
function PaperEnd({ fields, list, expected, label, add }: PaperEndProps) {
  const { strings } = useLanguage();
  const entries = entriesOf(fields, list);
  const sum = sumOf(entries.map((entry) => fields[`${entry}/amount`] ?? ''));
  return (
    <p className="actions paper-end">
      {entries.length < MOST_PAPERS && (
        <Button look="quiet" onClick={add}>
          {label}
        </Button>
      )}
      {entries.length > 0 && (
        <span className={sum === expected ? 'figures quiet' : 'figures paper-differs'} aria-live="polite">
          {strings.provider.item.total(sum === undefined ? '—' : money(sum), money(expected))}
        </span>
      )}
    </p>
  );
}
