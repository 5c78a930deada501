import { useNavigate } from '@tanstack/react-router';
import { type Category, categories, type Jurisdiction, jurisdictions } from '../../../../contracts/names.ts';
import { planRoutes } from '../../../../contracts/plan.ts';
import { useRead } from '../../api/queries.ts';
import { CommandForm, PartRefused } from '../../components/command-form.tsx';
import { AmountField, TextField } from '../../components/field.tsx';
import type { Fields } from '../../components/fields.ts';
import type { Filling } from '../../components/filling.ts';
import { Meter } from '../../components/meter.tsx';
import { Page, Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Empty, Read } from '../../components/states.tsx';
import { countOf, difference, fenOf, isAmount, percentText, ratioText, total } from '../../format/amounts.ts';
import { money, share } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import { isMissing } from './missing.ts';
import { ParameterFields, parameterBody } from './parameter-fields.tsx';
import { defaultParameters, type Plan, parameterGroups, parameterNames, parameterTexts } from './plan-terms.ts';
import { useYear } from './year.ts';
import '../../styles/money.css';

const all = Object.keys(categories) as Category[];
const places = Object.keys(jurisdictions) as Jurisdiction[];

/** A year's plan as the industry department writes it, before anybody has signed. */
export default function PlanDraft() {
  const { strings } = useLanguage();
  const { year } = useYear();
  const plan = useRead(planRoutes.readPlanDraft, { params: { year: String(year) } });
  const text = strings.money;
  return (
    <Page
      title={`${strings.pages.planDraft} ${year}`}
      lead={text.draft.lead}
      aside={
        <PageLink to="/plan-desk" search={{ year: String(year) }}>
          {text.form.back}
        </PageLink>
      }
    >
      {isMissing(plan.error) ? (
        <DraftForm year={year} />
      ) : (
        <Read of={plan}>
          {(data) =>
            data.status === 'draft' ? (
              <DraftForm key={data.version} year={year} plan={data} />
            ) : (
              <Empty title={text.draft.exists} />
            )
          }
        </Read>
      )}
    </Page>
  );
}

function DraftForm({ year, plan }: { readonly year: number; readonly plan?: Plan }) {
  const { strings } = useLanguage();
  const navigate = useNavigate();
  const text = strings.money.draft;
  const shared = {
    name: `plan.${year}`,
    initial: { ...textsOf(plan), ...(plan ? {} : { '/title': text.titleOf(year) }) },
    submit: text.save,
    saves: true,
    done: () => navigate({ to: '/plan-desk', search: { year: String(year) } as never }),
    children: (filling: Filling) => <DraftFields filling={filling} />,
  };
  return plan ? (
    <CommandForm
      {...shared}
      contract={planRoutes.revisePlan}
      call={{ params: { year: String(year) }, version: plan.version }}
      body={bodyOf}
    />
  ) : (
    <CommandForm {...shared} contract={planRoutes.draftPlan} body={(fields) => ({ year, ...bodyOf(fields) })} />
  );
}

const withSpec = (category: Category) => `/with/${category}`;
const specField = (category: Category, part: 'ratio' | 'amount' | 'count') => `/spec/${category}/${part}`;
const chosenOf = (fields: Fields) => all.filter((category) => fields[withSpec(category)] === 'yes');

function textsOf(plan: Plan | undefined): Fields {
  const specs = all.flatMap((category): [string, string][] => {
    const spec = plan?.specs.find((one) => one.category === category);
    return [
      [withSpec(category), plan && !spec ? '' : 'yes'],
      [specField(category, 'ratio'), spec ? percentText(spec.ratio) : ''],
      [specField(category, 'amount'), spec?.amount ?? ''],
      [specField(category, 'count'), spec ? String(spec.count) : ''],
    ];
  });
  return {
    '/title': plan?.title ?? '',
    '/appropriation': plan?.appropriation ?? '',
    ...Object.fromEntries(specs),
    ...parameterTexts(plan?.parameters ?? defaultParameters),
  };
}

/** What was typed as the contract takes it. An empty field is left out: it is required, or has its default. */
function bodyOf(fields: Fields): object {
  const typed = (name: string) => fields[name]?.trim() || undefined;
  const ratio = (category: Category) => typed(specField(category, 'ratio'));
  const count = (category: Category) => typed(specField(category, 'count'));
  const quotas = places.flatMap((place): [string, string][] => {
    const amount = typed(`/parameters/jurisdictionQuotas/${place}`);
    return amount === undefined ? [] : [[place, amount]];
  });
  const providerQuota = typed('/parameters/providerQuota');
  return {
    title: typed('/title'),
    appropriation: typed('/appropriation'),
    specs: chosenOf(fields).map((category) => ({
      category,
      ...given('ratio', ratio(category) && ratioText(ratio(category) ?? '')),
      amount: typed(specField(category, 'amount')),
      ...given('count', count(category) && countOf(count(category) ?? '')),
    })),
    parameters: {
      ...parameterBody(parameterNames, fields),
      ...(quotas.length > 0 ? { jurisdictionQuotas: Object.fromEntries(quotas) } : {}),
      ...given('providerQuota', providerQuota),
    },
  };
}

const given = (name: string, value: unknown): object => (value === undefined ? {} : { [name]: value });

function DraftFields({ filling }: { readonly filling: Filling }) {
  const { strings } = useLanguage();
  const names = useNames();
  const text = strings.money.draft;
  const { fields, errors, bind, set } = filling;
  const chosen = chosenOf(fields);
  return (
    <>
      <div className="card field-grid">
        <TextField label={text.title} {...bind('/title')} maxLength={100} />
        <AmountField label={text.appropriation} {...bind('/appropriation')} />
      </div>
      <Section title={text.specs} lead={text.specsLead}>
        <PartRefused of="/specs" errors={errors} />
        <div className="spec-forms">
          {all.map((category) => {
            const at = chosen.indexOf(category);
            return (
              <fieldset key={category} className="card spec-form">
                <legend>{names.category(category)}</legend>
                <label className="check">
                  <input
                    type="checkbox"
                    checked={at >= 0}
                    onChange={(event) => set({ [withSpec(category)]: event.target.checked ? 'yes' : '' })}
                  />
                  {text.include(names.category(category))}
                </label>
                {at >= 0 &&
                  (['amount', 'count', 'ratio'] as const).map((part) => (
                    <TextField
                      key={part}
                      label={text[part]}
                      {...bind(specField(category, part), `/specs/${at}/${part}`)}
                      optional={part === 'ratio'}
                      inputMode={part === 'count' ? 'numeric' : 'decimal'}
                      autoComplete="off"
                      maxLength={20}
                    />
                  ))}
              </fieldset>
            );
          })}
        </div>
        <Promised fields={fields} />
      </Section>
      <Section title={text.parameters} lead={text.parametersLead}>
        {Object.entries(parameterGroups).map(([group, members]) => (
          <fieldset key={group} className="card parameter-group">
            <legend>{text.groups[group as keyof typeof text.groups]}</legend>
            <ParameterFields names={members} filling={filling} />
          </fieldset>
        ))}
      </Section>
      <Section title={text.quotas} lead={text.quotasLead}>
        <div className="card field-grid field-grid-narrow">
          {places.map((place) => (
            <AmountField
              key={place}
              label={text.jurisdictionQuota(names.jurisdiction(place))}
              {...bind(`/parameters/jurisdictionQuotas/${place}`)}
            />
          ))}
          <AmountField label={text.providerQuota} {...bind('/parameters/providerQuota')} />
        </div>
      </Section>
    </>
  );
}

/** What the specs promise together, as it is typed, beside the money there is. */
function Promised({ fields }: { readonly fields: Fields }) {
  const { strings } = useLanguage();
  const text = strings.money.draft;
  const amounts = chosenOf(fields)
    .map((category) => fields[specField(category, 'amount')]?.trim() ?? '')
    .filter(isAmount);
  const appropriation = fields['/appropriation']?.trim() ?? '';
  if (amounts.length === 0 || !isAmount(appropriation)) return null;
  const sum = total(amounts);
  const left = difference(appropriation, sum);
  const over = fenOf(left) < 0n;
  return (
    <div className="card" aria-live="polite">
      <Meter
        label={text.sum}
        filled={share(sum, appropriation)}
        value={text.sumOf(money(sum), money(total([appropriation])))}
        left={over ? text.over(money(left.slice(1))) : text.left(money(left))}
        over={over}
      />
    </div>
  );
}
