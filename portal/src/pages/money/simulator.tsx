import { useState } from 'react';
import type * as z from 'zod';
import { readFields } from '../../../../contracts/field-errors.ts';
import { type Category, categories } from '../../../../contracts/names.ts';
import { simulationRoutes } from '../../../../contracts/simulation.ts';
import { useRead } from '../../api/queries.ts';
import { Form } from '../../components/command-form.tsx';
import { TextField } from '../../components/field.tsx';
import { assemble } from '../../components/fields.ts';
import { useFilling } from '../../components/filling.ts';
import { Page, Section } from '../../components/page.tsx';
import { Empty, Read } from '../../components/states.tsx';
import { YearChoice } from '../../components/year-choice.tsx';
import { ratioText } from '../../format/amounts.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import { SimulationResult } from './simulation-result.tsx';
import { useYear } from './year.ts';
import '../../styles/money.css';

const { simulatePolicy } = simulationRoutes;
type Scenario = z.input<typeof simulatePolicy.query>;

const all = Object.keys(categories) as Category[];
/** Names of the contract's flat query: `infrastructureRatio`, … */
const prefixes = {
  infrastructure: 'infrastructure',
  'business-application': 'businessApplication',
  'platform-system': 'platformSystem',
} as const satisfies Readonly<Record<Category, string>>;
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
  const form = useFilling({ draft: `simulation.${year}` });
  const [asked, setAsked] = useState<Scenario>();
  const scenario = Object.fromEntries(
    Object.entries(assemble(form.fields)).map(([name, value]) => [
      name,
      name.endsWith('Ratio') ? ratioText(String(value)) : value,
    ]),
  );
  const result = useRead(simulatePolicy, { params: { year: String(year) }, query: asked ?? {} }, asked !== undefined);
  const submit = () => {
    const { errors } = readFields(simulatePolicy.query, scenario);
    form.refuse(errors && { errors });
    if (!errors) setAsked(scenario as Scenario);
    return errors === undefined;
  };
  const bind = (name: string) => ({
    ...form.bind(`/${name}`),
    autoComplete: 'off',
    maxLength: 20,
    inputMode: 'decimal' as const,
  });
  return (
    <>
      <Form
        of={{ ...form, pending: result.isFetching, submit }}
        title={text.policy}
        lead={text.unchanged}
        submit={text.run}
        sending={text.running}
        className="card"
      >
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
      </Form>
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
