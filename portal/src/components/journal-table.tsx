import type { planRoutes } from '../../../contracts/plan.ts';
import type { Answer } from '../api/client.ts';
import { fenOf } from '../format/amounts.ts';
import { minute, money } from '../format/format.ts';
import { useLanguage } from '../language/language.tsx';
import { PageLink } from './page-link.tsx';
import { Table } from './table.tsx';
import { EnteredBy } from './who.tsx';
import '../styles/money.css';

export type JournalEntry = Answer<typeof planRoutes.readJournal>['items'][number];
export type Entries = JournalEntry['entries'];

/** What moved between accounts: where it came from, then where it went. Their sum is nothing. */
export function Moved({ entries }: { readonly entries: Entries }) {
  const { strings } = useLanguage();
  const accounts = strings.money.accounts;
  const moved = (Object.entries(entries) as [keyof Entries & string, string][])
    .filter(([, amount]) => fenOf(amount) !== 0n)
    .sort(([, a], [, b]) => (fenOf(a) < fenOf(b) ? -1 : 1));
  return (
    <ul className="moved">
      {moved.map(([account, amount]) => (
        <li key={account} className={fenOf(amount) < 0n ? 'moved-from' : 'moved-to'}>
          <span>{accounts[account as keyof typeof accounts]}</span>
          <span className="figures">
            {fenOf(amount) > 0n && '+'}
            {money(amount)}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The name of a cause of entries, by its code in the journal. */
export function useReasonName() {
  const { strings } = useLanguage();
  const { reasons, correctionOf } = strings.money;
  const nameOf = (code: string) => reasons[code] ?? code;
  return (code: string, corrects?: string) => (corrects === undefined ? nameOf(code) : correctionOf(nameOf(corrects)));
}

interface JournalTableProps {
  readonly year: number;
  readonly entries: readonly JournalEntry[];
}

/** Entries of a year's journal, each with a page of its own. */
export function JournalTable({ year, entries }: JournalTableProps) {
  const { strings, language } = useLanguage();
  const reasonName = useReasonName();
  const text = strings.money.ledger;
  return (
    <Table
      caption={text.journal}
      rows={entries}
      keyOf={({ id }) => id}
      columns={[
        { title: text.at, cell: ({ at }) => minute(at, language) },
        {
          title: text.reason,
          cell: ({ id, reason, corrects }) => (
            <PageLink to="/ledger/$year/$postingId" params={{ year: String(year), postingId: id }}>
              {reasonName(reason, corrects?.reason)}
            </PageLink>
          ),
        },
        { title: text.moved, cell: ({ entries: moved }) => <Moved entries={moved} /> },
        { title: text.reference, cell: ({ reference }) => <Reference {...reference} /> },
        { title: strings.money.posting.actor, cell: ({ actor, by }) => <EnteredBy actor={actor} by={by} /> },
      ]}
    />
  );
}

/** What an entry belongs to, by its kind and id. */
export function Reference({ entity, id }: { readonly entity: string; readonly id: string }) {
  const { strings } = useLanguage();
  return (
    <>
      {strings.money.entities[entity] ?? entity} <span className="code reference-id">{id}</span>
    </>
  );
}
