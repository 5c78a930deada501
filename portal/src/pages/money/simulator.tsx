import { type FormEvent, useState } from 'react';
import type * as z from 'zod';
import { readFields } from '../../../../contracts/field-errors.ts';
import { type Category, categories } from '../../../../contracts/names.ts';
import { simulationRoutes } from '../../../../contracts/simulation.ts';
import { useRead } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { focusFirstRefused, Refused, TextField } from '../../components/field.tsx';
import { filledIn } from '../../components/form.ts';
import { Page, Section } from '../../components/page.tsx';
import { Empty, Read } from '../../components/states.tsx';
import { YearChoice } from '../../components/year-choice.tsx';
import { ratioText } from '../../format/amounts.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import { useDraft } from '../../session/draft.ts';
import { SimulationResult } from './simulation-result.tsx';
import { useYear } from './year.ts';

const { simulatePolicy } = simulationRoutes;
type Scenario = z.input<typeof simulatePolicy.query>;

const all = Object.keys(categories) as Category[];
/** Names of the contract's flat query: `infrastructureRatio`, … */
const prefixes = {
  infrastructure: 'infrastructure',
  'business-application': 'businessApplication',
  'platform-system': 'platformSystem',
} as const satisfies Readonly<Record<Category, string>>;
const names = [
  'yearlyCap',
  'ownShareFloor',
  'fund',
  ...all.flatMap((category) => ['Ratio', 'Amount', 'Count'].map((part) => `${prefixes[category]}${part}`)),
];

/** A year's orders under another policy, before anybody writes it into a plan. */
export default function Simulator() {
  const { strings } = useLanguage();
  const { year, years, choose } = useYear();
  const text = strings.money.simulator;
  return (
    <Page
      title={strings.pages.simulator}
      lead={text.lead}
      aside={<YearChoice years={years} chosen={year} choose={choose} />}
    >
      <Simulation key={year} year={year} />
    </Page>
  );
}

function Simulation({ year }: { readonly year: number }) {
  const { strings } = useLanguage();
  const named = useNames();
  const text = strings.money.simulator;
  const [fields, setFields] = useDraft<Readonly<Record<string, string>>>(
    `simulation.${year}`,
    Object.fromEntries(names.map((name) => [name, ''])),
  );
  const [asked, setAsked] = useState<Scenario>();
  const [tried, setTried] = useState(false);
  const scenario = Object.fromEntries(
    Object.entries(filledIn(fields)).map(([name, value]) => [name, name.endsWith('Ratio') ? ratioText(value) : value]),
  );
  const errors = (tried && readFields(simulatePolicy.query, scenario).errors) || [];
  const result = useRead(simulatePolicy, { params: { year: String(year) }, query: asked ?? {} }, asked !== undefined);
  const simulate = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (readFields(simulatePolicy.query, scenario).errors) focusFirstRefused(event.currentTarget);
    else setAsked(scenario as Scenario);
  };
  const bind = (name: string) => ({
    pointer: `/${name}`,
    errors,
    value: fields[name] ?? '',
    change: (value: string) => setFields({ ...fields, [name]: value }),
    autoComplete: 'off',
    maxLength: 20,
    inputMode: 'decimal' as const,
  });
  return (
    <>
      <form className="card form" onSubmit={simulate} noValidate>
        <h2>{text.policy}</h2>
        <p className="quiet">{text.unchanged}</p>
        <Refused errors={errors} />
        <div className="field-grid field-grid-narrow">
          {all.map((category) => (
            <TextField
              key={category}
              label={text.ratio(named.category(category))}
              {...bind(`${prefixes[category]}Ratio`)}
            />
          ))}
          <TextField label={text.yearlyCap} {...bind('yearlyCap')} />
          <TextField label={text.ownShareFloor} {...bind('ownShareFloor')} />
          <TextField label={text.fund} {...bind('fund')} />
        </div>
        <details className="fold">
          <summary>{text.more}</summary>
          <div className="field-grid field-grid-narrow">
            {all.map((category) => (
              <TextField
                key={`${category} amount`}
                label={text.amount(named.category(category))}
                {...bind(`${prefixes[category]}Amount`)}
              />
            ))}
            {all.map((category) => (
              <TextField
                key={`${category} count`}
                label={text.count(named.category(category))}
                {...bind(`${prefixes[category]}Count`)}
              />
            ))}
          </div>
        </details>
        <Button type="submit" disabled={result.isFetching}>
          {result.isFetching ? text.running : text.run}
        </Button>
      </form>
      <Section title={text.result}>
        {asked === undefined ? (
          <p className="quiet">{text.empty}</p>
        ) : (
          <Read of={result}>
            {(data) => (data.orders === 0 ? <Empty title={text.noOrders} /> : <SimulationResult result={data} />)}
          </Read>
        )}
      </Section>
    </>
  );
}
