import { useNavigate } from '@tanstack/react-router';
import { type Category, categories } from '../../../../contracts/names.ts';
import { topUpsRoutes } from '../../../../contracts/topups.ts';
import type { Answer } from '../../api/client.ts';
import { useRead } from '../../api/queries.ts';
import { CommandForm, PartRefused } from '../../components/command-form.tsx';
import { AmountField, SelectField, TextField } from '../../components/field.tsx';
import type { Fields } from '../../components/fields.ts';
import type { Filling } from '../../components/filling.ts';
import { Page } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Read } from '../../components/states.tsx';
import { countOf, percentText, ratioText } from '../../format/amounts.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import { useYear } from './year.ts';
import '../../styles/money.css';

type Policy = Answer<typeof topUpsRoutes.readLocalPolicy>;
const all = Object.keys(categories) as Category[];

/** A city writes what it adds to vouchers of a year; it has no effect before another person puts it into force. */
export default function LocalPolicyDraft() {
  const { strings } = useLanguage();
  const { year, question } = useYear();
  const policyId = question.policy;
  const policy = useRead(
    topUpsRoutes.readLocalPolicy,
    { params: { policyId: policyId ?? '' } },
    policyId !== undefined,
  );
  return (
    <Page
      title={strings.pages.localPolicyDraft}
      lead={strings.money.local.lead}
      aside={<PageLink to="/local-policies">{strings.money.form.back}</PageLink>}
    >
      {policyId === undefined ? (
        <PolicyForm year={year} />
      ) : (
        <Read of={policy}>{(data) => <PolicyForm key={data.version} year={data.year} policy={data} />}</Read>
      )}
    </Page>
  );
}

function PolicyForm({ year, policy }: { readonly year: number; readonly policy?: Policy }) {
  const { strings } = useLanguage();
  const navigate = useNavigate();
  const shared = {
    name: `local-policy.${policy?.id ?? year}`,
    initial: textsOf(policy),
    submit: strings.money.local.save,
    saves: true,
    done: () => navigate({ to: '/local-policies', search: { year: String(year) } as never }),
    children: (filling: Filling) => <PolicyFields filling={filling} />,
  };
  return (
    <div className="card">
      {policy ? (
        <CommandForm
          {...shared}
          contract={topUpsRoutes.reviseLocalPolicy}
          call={{ params: { policyId: policy.id }, version: policy.version }}
          body={bodyOf}
        />
      ) : (
        <CommandForm
          {...shared}
          contract={topUpsRoutes.draftLocalPolicy}
          body={(fields) => ({ year, ...bodyOf(fields) })}
        />
      )}
    </div>
  );
}

const amounts = ['orderMaximum', 'enterpriseMaximum', 'fund'] as const;
const categoryField = (category: Category) => `/categories/${category}`;

const textsOf = (policy: Policy | undefined): Fields => ({
  '/name/zh': policy?.name.zh ?? '',
  '/name/en': policy?.name.en ?? '',
  '/basis': policy?.basis ?? 'voucher',
  '/ratio': policy ? percentText(policy.ratio) : '',
  '/priority': String(policy?.priority ?? 1),
  ...Object.fromEntries(amounts.map((name) => [`/${name}`, policy?.[name] ?? ''])),
  ...Object.fromEntries(
    all.map((category) => [categoryField(category), !policy || policy.categories.includes(category) ? 'yes' : '']),
  ),
});

function bodyOf(fields: Fields): object {
  const typed = (name: string) => fields[name]?.trim() || undefined;
  const ratio = typed('/ratio');
  const priority = typed('/priority');
  return {
    name: { zh: typed('/name/zh'), en: typed('/name/en') },
    basis: typed('/basis'),
    ratio: ratio && ratioText(ratio),
    categories: all.filter((category) => fields[categoryField(category)] === 'yes'),
    ...Object.fromEntries(amounts.map((name) => [name, typed(`/${name}`)])),
    priority: priority && countOf(priority),
  };
}

function PolicyFields({ filling }: { readonly filling: Filling }) {
  const { strings } = useLanguage();
  const names = useNames();
  const text = strings.money.local;
  const { bind, fields, set, errors } = filling;
  return (
    <>
      <div className="field-grid">
        <TextField label={text.nameZh} {...bind('/name/zh')} maxLength={100} />
        <TextField label={text.nameEn} {...bind('/name/en')} maxLength={100} />
        <SelectField label={text.basis} {...bind('/basis')} groups={[{ choices: Object.entries(text.bases) }]} />
        <TextField label={text.ratio} {...bind('/ratio')} inputMode="decimal" autoComplete="off" maxLength={10} />
        {amounts.map((name) => (
          <AmountField key={name} label={text[name]} {...bind(`/${name}`)} />
        ))}
        <TextField
          label={text.priority}
          hint={text.priorityHint}
          {...bind('/priority')}
          inputMode="numeric"
          autoComplete="off"
          maxLength={2}
        />
      </div>
      <fieldset className="field-group">
        <legend>{text.categories}</legend>
        {all.map((category) => (
          <label key={category} className="check">
            <input
              type="checkbox"
              checked={fields[categoryField(category)] === 'yes'}
              onChange={(event) => set({ [categoryField(category)]: event.target.checked ? 'yes' : '' })}
            />
            {names.category(category)}
          </label>
        ))}
        <PartRefused of="/categories" errors={errors} />
      </fieldset>
    </>
  );
}
