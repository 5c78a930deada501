import { useNavigate } from '@tanstack/react-router';
import { planRoutes } from '../../../../contracts/plan.ts';
import { planVersionRoutes } from '../../../../contracts/plan-versions.ts';
import { useRead } from '../../api/queries.ts';
import { CommandForm, PartRefused } from '../../components/command-form.tsx';
import { TextField } from '../../components/field.tsx';
import type { Fields } from '../../components/fields.ts';
import type { Filling } from '../../components/filling.ts';
import { Page, Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Read } from '../../components/states.tsx';
import { countOf, percentText, ratioText } from '../../format/amounts.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import { isMissing } from './missing.ts';
import { ParameterFields, parameterBody } from './parameter-fields.tsx';
import { changeable, parameterGroups, parameterTexts, type Spec } from './plan-terms.ts';
import { type PlanText, useVersions, type Version } from './versions.ts';
import { useYear } from './year.ts';
import '../../styles/money.css';

/** The next version of an open plan, as the industry department writes it: only what is to change. */
export default function PlanVersion() {
  const { strings } = useLanguage();
  const { year } = useYear();
  const text = strings.money;
  const plan = useRead(planRoutes.readPlanDraft, { params: { year: String(year) } });
  return (
    <Page
      title={`${strings.pages.planVersion} ${year}`}
      aside={
        <PageLink to="/plan-desk" search={{ year: String(year) }}>
          {text.form.back}
        </PageLink>
      }
    >
      <Read of={plan}>{() => <Editing year={year} />}</Read>
    </Page>
  );
}

function Editing({ year }: { readonly year: number }) {
  const versions = useVersions(year);
  return (
    <Read of={versions.published}>
      {() => {
        const { inTheEnd, draft } = versions;
        if (!inTheEnd) return null;
        if (isMissing(draft.error)) return <VersionForm year={year} number={versions.next} before={inTheEnd} />;
        return (
          <Read of={draft}>
            {(data) => (
              <VersionForm key={data.version} year={year} number={data.number} before={inTheEnd} draft={data} />
            )}
          </Read>
        );
      }}
    </Read>
  );
}

interface VersionFormProps {
  readonly year: number;
  readonly number: number;
  readonly before: PlanText;
  readonly draft?: Version;
}

function VersionForm({ year, number, before, draft }: VersionFormProps) {
  const { strings } = useLanguage();
  const navigate = useNavigate();
  const text = strings.money.version;
  const shared = {
    name: `version.${year}.${number}`,
    initial: {
      '/appliesFrom': draft?.appliesFrom ?? '',
      '/reason': draft?.reason ?? '',
      ...parameterTexts((draft ?? before).parameters),
      ...specTexts((draft ?? before).specs),
    },
    body: (fields: Fields) => bodyOf(fields, before),
    submit: text.save,
    saves: true,
    done: () => navigate({ to: '/plan-desk', search: { year: String(year) } as never }),
    children: (filling: Filling) => <VersionFields number={number} before={before} filling={filling} />,
  };
  const params = { year: String(year) };
  return draft ? (
    <CommandForm
      {...shared}
      contract={planVersionRoutes.reviseVersion}
      call={{ params: { ...params, number: String(number) }, version: draft.version }}
    />
  ) : (
    <CommandForm {...shared} contract={planVersionRoutes.draftVersion} call={{ params }} />
  );
}

const parts = ['ratio', 'amount', 'count'] as const;
const specField = ({ category }: Spec, part: (typeof parts)[number]) => `/spec/${category}/${part}`;
const textOf = (spec: Spec, part: (typeof parts)[number]) =>
  part === 'ratio' ? percentText(spec.ratio) : String(spec[part]);
const specTexts = (specs: readonly Spec[]): Fields =>
  Object.fromEntries(specs.flatMap((spec) => parts.map((part) => [specField(spec, part), textOf(spec, part)])));

/** Only what is otherwise than it is: what is left out stays (ADR 12). */
function bodyOf(fields: Fields, before: PlanText): object {
  const old = parameterTexts(before.parameters);
  const changed = changeable.filter((name) =>
    Object.keys(old).some(
      (pointer) =>
        (pointer === `/parameters/${name}` || pointer.startsWith(`/parameters/${name}/`)) &&
        fields[pointer]?.trim() !== old[pointer],
    ),
  );
  const typed = (name: string) => fields[name]?.trim() || undefined;
  const specs = before.specs.map((spec) => {
    const differing = parts.flatMap((part): [string, unknown][] => {
      const text = typed(specField(spec, part));
      if (text === undefined || text === textOf(spec, part)) return [];
      return [[part, part === 'ratio' ? ratioText(text) : part === 'count' ? countOf(text) : text]];
    });
    return { category: spec.category, ...Object.fromEntries(differing) };
  });
  return {
    appliesFrom: typed('/appliesFrom'),
    reason: typed('/reason'),
    parameters: parameterBody(changed, fields),
    // Every spec is named, so that a sentence about the second one finds the second.
    specs,
  };
}

interface VersionFieldsProps {
  readonly number: number;
  readonly before: PlanText;
  readonly filling: Filling;
}

function VersionFields({ number, before, filling }: VersionFieldsProps) {
  const { strings } = useLanguage();
  const names = useNames();
  const text = strings.money.version;
  const labels = strings.money.draft;
  const { bind, errors } = filling;
  return (
    <>
      <p className="lead">{text.lead(number)}</p>
      <div className="card field-grid">
        <TextField label={text.appliesFrom} hint={text.appliesFromHint} {...bind('/appliesFrom')} type="date" />
        <TextField label={text.reason} hint={text.reasonHint} {...bind('/reason')} maxLength={100} />
      </div>
      <Section title={labels.specs}>
        <PartRefused of="/specs" errors={errors} />
        <div className="spec-forms">
          {before.specs.map((spec, at) => (
            <fieldset key={spec.id} className="card spec-form">
              <legend>{names.category(spec.category)}</legend>
              {(['amount', 'count', 'ratio'] as const).map((part) => (
                <TextField
                  key={part}
                  label={labels[part]}
                  {...bind(specField(spec, part), `/specs/${at}/${part}`)}
                  inputMode={part === 'count' ? 'numeric' : 'decimal'}
                  autoComplete="off"
                  maxLength={20}
                />
              ))}
            </fieldset>
          ))}
        </div>
      </Section>
      <Section title={labels.parameters} lead={text.fixed}>
        {Object.entries(parameterGroups).map(([group, members]) => {
          const shown = members.filter((name) => changeable.includes(name));
          return (
            shown.length > 0 && (
              <fieldset key={group} className="card parameter-group">
                <legend>{labels.groups[group as keyof typeof labels.groups]}</legend>
                <ParameterFields names={shown} filling={filling} />
              </fieldset>
            )
          );
        })}
      </Section>
    </>
  );
}
