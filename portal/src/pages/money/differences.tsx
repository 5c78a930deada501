import { Table } from '../../components/table.tsx';
import { useLanguage } from '../../language/language.tsx';
import { type Plan, usePlanTerms } from './plan-terms.ts';

interface DifferencesProps {
  readonly before: Pick<Plan, 'parameters' | 'specs'>;
  readonly after: Pick<Plan, 'parameters' | 'specs'>;
}

/** What one text of a plan says otherwise than another, and nothing else. */
export function Differences({ before, after }: DifferencesProps) {
  const { strings } = useLanguage();
  const { termsOf } = usePlanTerms();
  const text = strings.money.desk;
  const old = new Map(termsOf(before).map(({ term, value }) => [term, value]));
  const rows = termsOf(after).flatMap(({ term, value }) =>
    old.get(term) === value ? [] : [{ term, before: old.get(term) ?? '—', after: value }],
  );
  if (rows.length === 0) return <p className="quiet">{text.noDifference}</p>;
  return (
    <Table
      caption={text.versions}
      rows={rows}
      keyOf={({ term }) => term}
      columns={[
        { title: text.what, cell: ({ term }) => term },
        { title: text.before, cell: (row) => <del className="quiet">{row.before}</del> },
        { title: text.after, cell: (row) => <strong>{row.after}</strong> },
      ]}
    />
  );
}
