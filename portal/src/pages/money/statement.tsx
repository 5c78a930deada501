import { useState } from 'react';
import { planRoutes } from '../../../../contracts/plan.ts';
import type { Answer } from '../../api/client.ts';
import { useRead } from '../../api/queries.ts';
import { TextField } from '../../components/field.tsx';
import { type Entries, Moved, useReasonName } from '../../components/journal-table.tsx';
import { Section } from '../../components/page.tsx';
import { Empty, Read } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { money, month } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';

type Month = Answer<typeof planRoutes.readStatement>['months'][number];

/** What moved in a year, month by month and cause by cause, and what stood there at the end of each. */
export function Statement({ year }: { readonly year: number }) {
  const { strings } = useLanguage();
  const text = strings.money.ledger;
  const [upTo, setUpTo] = useState('');
  const statement = useRead(planRoutes.readStatement, {
    params: { year: String(year) },
    query: upTo ? { upTo } : {},
  });
  return (
    <>
      <form className="filters card" onSubmit={(event) => event.preventDefault()}>
        <TextField
          label={text.upTo}
          hint={text.upToHint}
          pointer="/upTo"
          errors={[]}
          type="date"
          value={upTo}
          change={setUpTo}
        />
      </form>
      <Read of={statement}>
        {({ months, closing }) =>
          months.length === 0 ? (
            <Empty title={text.none} />
          ) : (
            <>
              {months.map((one) => (
                <StatementMonth key={one.month} of={one} />
              ))}
              <Section title={text.closingAll}>
                <Balances of={closing} />
              </Section>
            </>
          )
        }
      </Read>
    </>
  );
}

function StatementMonth({ of }: { readonly of: Month }) {
  const { strings, language } = useLanguage();
  const name = month(of.month, language);
  const reasonName = useReasonName();
  const text = strings.money.ledger;
  return (
    <Section title={name}>
      <Table
        caption={name}
        rows={of.movements}
        keyOf={({ reason, corrects }) => `${reason} ${corrects ?? ''}`}
        columns={[
          {
            title: text.reason,
            cell: ({ reason, corrects, postings }) => (
              <>
                <strong>{reasonName(reason, corrects)}</strong> <span className="quiet">{text.postings(postings)}</span>
              </>
            ),
          },
          { title: text.moved, cell: ({ entries }) => <Moved entries={entries} /> },
        ]}
      />
      <details className="fold">
        <summary>{text.closing}</summary>
        <Balances of={of.closing} />
      </details>
    </Section>
  );
}

export function Balances({ of }: { readonly of: Entries }) {
  const { strings } = useLanguage();
  const { accounts } = strings.money;
  return (
    <dl className="facts card">
      {(Object.keys(accounts) as (keyof typeof accounts)[]).map((account) => (
        <div key={account}>
          <dt>{accounts[account]}</dt>
          <dd className="figures">{money(of[account] ?? '0.00')}</dd>
        </div>
      ))}
    </dl>
  );
}
