import type * as z from 'zod';
import type { trailEntry } from '../../../../contracts/fields.ts';
import type { AnyRouteContract } from '../../../../contracts/route.ts';
import { useList } from '../../api/queries.ts';
import { More } from '../../components/more.tsx';
import { Section } from '../../components/page.tsx';
import { Failure } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { minute } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';

type Entry = z.output<typeof trailEntry>;

interface TrailProps {
  readonly title: string;
  /** A list of trail entries. */
  readonly contract: AnyRouteContract;
  readonly params: Readonly<Record<string, string>>;
  readonly organisationId: string;
}

/** The immutable trail of something: what was done, when, by whom. */
export function TrailOf({ title, contract, params, organisationId }: TrailProps) {
  const { strings, language } = useLanguage();
  const text = strings.enterprise.trail;
  const columns = strings.enterprise.people;
  const list = useList(contract, { params, organisationId });
  const entries = list.items as readonly Entry[];
  const named = (names: object, name: string) => new Map<string, string>(Object.entries(names)).get(name) ?? name;
  return (
    <Section title={title}>
      {list.error && <Failure error={list.error} retry={list.refetch} />}
      {list.data && entries.length === 0 && <p className="quiet">{text.none}</p>}
      {entries.length > 0 && (
        <Table
          caption={title}
          rows={entries}
          keyOf={({ at, action, version }) => `${at} ${action} ${version}`}
          columns={[
            { title: columns.when, cell: ({ at }) => <span className="figures-left">{minute(at, language)}</span> },
            { title: columns.what, cell: ({ action }) => named(text.actions, action) },
            { title: columns.who, cell: ({ by }) => named(text.roles, by.role) },
            { title: columns.note, cell: ({ note }) => note ?? '—' },
          ]}
        />
      )}
      <More list={list} />
    </Section>
  );
}
