import { useState } from 'react';
import { planRoutes } from '../../../../contracts/plan.ts';
import type { Answer } from '../../api/client.ts';
import { useRead } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { Section } from '../../components/page.tsx';
import { Read } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { difference, isNothing } from '../../format/amounts.ts';
import { money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';

type Trial = Answer<typeof planRoutes.trialBalance>;

/** The journal replayed, beside what is stored: whatever differs stands out. Asked for, because it reads a whole year. */
export function TrialBalance({ year }: { readonly year: number }) {
  const { strings } = useLanguage();
  const text = strings.money.ledger;
  const [asked, setAsked] = useState(false);
  const trial = useRead(planRoutes.trialBalance, { params: { year: String(year) } }, asked);
  return (
    <Section title={text.trial} lead={text.trialLead}>
      <p>
        <Button disabled={trial.isFetching} onClick={() => (asked ? trial.refetch() : setAsked(true))}>
          {trial.isFetching ? strings.states.loading : text.run}
        </Button>
      </p>
      {asked && <Read of={trial}>{(data) => <Outcome trial={data} />}</Read>}
    </Section>
  );
}

function Outcome({ trial }: { readonly trial: Trial }) {
  const { strings } = useLanguage();
  const text = strings.money.ledger;
  const { accounts } = strings.money;
  return (
    <>
      <p className={trial.balanced ? 'note note-good' : 'note note-bad'} role="status">
        {trial.balanced ? text.balanced(trial.postings) : text.unbalanced}
        {trial.moving && ` ${text.moving}`}
      </p>
      <Table
        caption={text.trial}
        rows={trial.accounts}
        keyOf={({ account }) => account}
        columns={[
          { title: text.account, cell: ({ account }) => <strong>{accounts[account]}</strong> },
          { title: text.stored, figures: true, cell: ({ stored }) => money(stored) },
          { title: text.replayed, figures: true, cell: ({ replayed }) => money(replayed) },
          { title: text.difference, figures: true, cell: (row) => <Difference {...row} /> },
        ]}
      />
      <Compared title={text.caps} rows={trial.caps.map(({ uscc, ...row }) => ({ name: uscc, ...row }))} />
      {trial.providers.length > 0 && (
        <Compared
          title={text.providers}
          rows={trial.providers.map(({ providerId, ...row }) => ({ name: providerId, ...row }))}
        />
      )}
      {trial.unbalanced.length > 0 && <Faulty title={text.badPostings} ids={trial.unbalanced} />}
      {trial.overcorrected.length > 0 && <Faulty title={text.overcorrected} ids={trial.overcorrected} />}
    </>
  );
}

interface Compare {
  readonly name: string;
  readonly stored: string;
  readonly replayed: string;
}

function Difference({ stored, replayed }: Pick<Compare, 'stored' | 'replayed'>) {
  const amount = difference(replayed, stored);
  return isNothing(amount) ? '✓' : <strong className="differs">{money(amount)}</strong>;
}

/** Of many the ones that differ; how many agree is said. */
function Compared({ title, rows }: { readonly title: string; readonly rows: readonly Compare[] }) {
  const { strings } = useLanguage();
  const text = strings.money.ledger;
  const differing = rows.filter(({ stored, replayed }) => stored !== replayed);
  return (
    <section className="compared">
      <h3>{title}</h3>
      {differing.length === 0 ? (
        <p className="quiet">✓ {text.nothingDiffers(rows.length)}</p>
      ) : (
        <>
          <p className="quiet">{text.onlyDifferences}</p>
          <Table
            caption={title}
            rows={differing}
            keyOf={({ name }) => name}
            columns={[
              { title, cell: ({ name }) => <span className="code">{name}</span> },
              { title: text.stored, figures: true, cell: ({ stored }) => money(stored) },
              { title: text.replayed, figures: true, cell: ({ replayed }) => money(replayed) },
              { title: text.difference, figures: true, cell: (row) => <Difference {...row} /> },
            ]}
          />
        </>
      )}
    </section>
  );
}

const Faulty = ({ title, ids }: { readonly title: string; readonly ids: readonly string[] }) => (
  <section className="compared">
    <h3>{title}</h3>
    <ul className="findings">
      {ids.map((id) => (
        <li key={id} className="code">
          {id}
        </li>
      ))}
    </ul>
  </section>
);
