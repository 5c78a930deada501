import { planRoutes } from '../../../../contracts/plan.ts';
import { useList } from '../../api/queries.ts';
import { SelectField } from '../../components/field.tsx';
import { JournalTable } from '../../components/journal-table.tsx';
import { More } from '../../components/more.tsx';
import { Failure, Loading } from '../../components/states.tsx';
import { useLanguage } from '../../language/language.tsx';
import { useQuestion } from '../../routing.ts';

/** Partitions of a year's journal, as its contract says. */
const PARTITIONS = 16;

/** Entries of a year's journal, partition by partition, of one cause if asked. */
export function Journal({ year }: { readonly year: number }) {
  const { strings } = useLanguage();
  const text = strings.money.ledger;
  const [{ partition = '0', reason = '' }, ask] = useQuestion();
  const list = useList(planRoutes.readJournal, {
    params: { year: String(year) },
    query: { partition: Number(partition), limit: 50 },
  });
  const entries = reason ? list.items.filter((entry) => entry.reason === reason) : list.items;
  return (
    <>
      <form className="filters card" onSubmit={(event) => event.preventDefault()}>
        <SelectField
          label={text.partition}
          hint={text.journalLead}
          pointer="/partition"
          errors={[]}
          value={partition}
          change={(next) => ask({ partition: next })}
          groups={[
            {
              choices: Array.from({ length: PARTITIONS }, (_, n): [string, string] => [String(n), text.partitionOf(n)]),
            },
          ]}
        />
        <SelectField
          label={text.filterReason}
          pointer="/reason"
          errors={[]}
          value={reason}
          change={(next) => ask({ reason: next })}
          none={strings.states.all}
          groups={[{ choices: Object.entries(strings.money.reasons) }]}
        />
      </form>
      {list.error && <Failure error={list.error} retry={list.refetch} />}
      {list.isPending && <Loading />}
      {list.data && entries.length === 0 && <p className="quiet">{text.noEntries}</p>}
      {entries.length > 0 && <JournalTable year={year} entries={entries} />}
      <More list={list} />
    </>
  );
}
