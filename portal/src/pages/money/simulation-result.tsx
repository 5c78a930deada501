import type { simulationRoutes } from '../../../../contracts/simulation.ts';
import type { Answer } from '../../api/client.ts';
import { ControlTotals } from '../../components/control-totals.tsx';
import { Section } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { fenOf, isNothing } from '../../format/amounts.ts';
import { minute, money, share } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';

type Simulation = Answer<typeof simulationRoutes.simulatePolicy>;
type Comparison = Simulation['total'];

/** What another policy would have come to: when the money ran out, who gains and who loses. */
export function SimulationResult({ result }: { readonly result: Simulation }) {
  const { strings } = useLanguage();
  const names = useNames();
  const text = strings.money.simulator;
  const { issued, fund, total } = result;
  const exhausted = useExhausted();
  return (
    <div className="simulation">
      <p className={result.differing === 0 ? 'note note-good' : 'note'}>
        {text.orders(result.orders)} · {result.differing === 0 ? text.exact : text.notExact(result.differing)}
      </p>
      <ControlTotals
        of={[
          { label: `${text.issued} · ${text.before}`, stated: money(issued.before) },
          {
            label: `${text.issued} · ${text.after}`,
            stated: money(issued.after),
            note: `${text.difference} ${signed(issued.difference)}`,
          },
          {
            label: `${text.exhausted} · ${text.before}`,
            stated: exhausted(fund.before.exhaustedAt),
            note: `${text.left} ${money(fund.before.left)}`,
          },
          {
            label: `${text.exhausted} · ${text.after}`,
            stated: exhausted(fund.after.exhaustedAt),
            note: `${text.left} ${money(fund.after.left)}`,
          },
          {
            label: text.gaining,
            stated: text.enterprises(total.gaining.count),
            note: money(total.gaining.amount),
          },
          { label: text.losing, stated: text.enterprises(total.losing.count), note: money(total.losing.amount) },
        ]}
      />
      <Section title={text.bySpec}>
        <Table
          caption={text.bySpec}
          rows={result.specs}
          keyOf={({ category }) => category}
          columns={[
            { title: text.spec, cell: ({ category }) => <strong>{names.category(category)}</strong> },
            {
              title: text.amountOut,
              cell: ({ amount }) => (
                <BeforeAfter
                  before={`${exhausted(amount.before.exhaustedAt)}（${money(amount.before.left)}）`}
                  after={`${exhausted(amount.after.exhaustedAt)}（${money(amount.after.left)}）`}
                />
              ),
            },
            {
              title: text.countOut,
              cell: ({ count }) => (
                <BeforeAfter
                  before={`${exhausted(count.before.exhaustedAt)}（${count.before.left}）`}
                  after={`${exhausted(count.after.exhaustedAt)}（${count.after.left}）`}
                />
              ),
            },
          ]}
        />
      </Section>
      <Section title={text.byCategory}>
        <Comparisons
          title={text.byCategory}
          rows={result.byCategory.map((row) => ({ ...row, name: names.category(row.category) }))}
        />
      </Section>
      <Section title={text.byJurisdiction}>
        <Comparisons
          title={text.byJurisdiction}
          rows={result.byJurisdiction.map((row) => ({ ...row, name: names.jurisdictionOr(row.jurisdiction) }))}
        />
      </Section>
    </div>
  );
}

const signed = (amount: string) => `${fenOf(amount) > 0n ? '+' : ''}${money(amount)}`;

function useExhausted() {
  const { strings, language } = useLanguage();
  return (moment: string | undefined) =>
    moment === undefined ? strings.money.simulator.never : minute(moment, language);
}

const BeforeAfter = ({ before, after }: { readonly before: string; readonly after: string }) => (
  <>
    <span className="quiet">{before}</span>
    <br />→ {after}
  </>
);

interface ComparisonsProps {
  readonly title: string;
  readonly rows: readonly (Comparison & { readonly name: string })[];
}

/** Who gains and who loses, each beside a bar of what it had and would have. */
function Comparisons({ title, rows }: ComparisonsProps) {
  const { strings } = useLanguage();
  const text = strings.money.simulator;
  const most = rows.reduce(
    (top, { before, after }) => [before.amount, after.amount].reduce((a, b) => (fenOf(a) > fenOf(b) ? a : b), top),
    '0.00',
  );
  return (
    <Table
      caption={title}
      rows={rows}
      keyOf={({ name }) => name}
      columns={[
        { title, cell: ({ name }) => <strong>{name}</strong> },
        {
          title: text.support,
          cell: ({ before, after }) => (
            <div className="pair">
              <Bar look="before" amount={before.amount} most={most} count={before.count} />
              <Bar look="after" amount={after.amount} most={most} count={after.count} />
            </div>
          ),
        },
        {
          title: text.difference,
          figures: true,
          cell: ({ difference }) =>
            isNothing(difference) ? (
              '—'
            ) : (
              <strong className={fenOf(difference) > 0n ? 'gains' : 'loses'}>{signed(difference)}</strong>
            ),
        },
        { title: text.gaining, figures: true, cell: ({ gaining }) => text.enterprises(gaining.count) },
        { title: text.losing, figures: true, cell: ({ losing }) => text.enterprises(losing.count) },
      ]}
    />
  );
}

interface BarProps {
  readonly look: 'before' | 'after';
  readonly amount: string;
  readonly most: string;
  readonly count: number;
}

function Bar({ look, amount, most, count }: BarProps) {
  const { strings } = useLanguage();
  const text = strings.money.simulator;
  return (
    <span className="pair-line">
      <span className="quiet">{text[look]}</span>
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect className={`pair-${look}`} width={share(amount, most) * 100} height="10" />
      </svg>
      <span className="figures">{money(amount)}</span>
      <span className="quiet">{text.vouchers(count)}</span>
    </span>
  );
}
