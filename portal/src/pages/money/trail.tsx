import type * as z from 'zod';
import type { trailEntry } from '../../../../contracts/fields.ts';
import type { AnyRouteContract } from '../../../../contracts/route.ts';
import type { Call } from '../../api/client.ts';
import { useList } from '../../api/queries.ts';
import { More } from '../../components/more.tsx';
import { Section } from '../../components/page.tsx';
import { Failure, Loading } from '../../components/states.tsx';
import { Who } from '../../components/who.tsx';
import { minute } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';

type TrailEntry = z.output<typeof trailEntry>;

interface TrailProps {
  readonly contract: AnyRouteContract;
  readonly params: NonNullable<Call<AnyRouteContract>['params']>;
  /** Whose decision the system applied, by the code of what it did, and what people are called. */
  readonly decided?: Readonly<Record<string, string | undefined>>;
  readonly names?: Readonly<Record<string, string>> | undefined;
}

/** What happened to something, step by step, as it was recorded when it happened. */
export function Trail({ contract, params, decided = {}, names }: TrailProps) {
  const { strings, language } = useLanguage();
  const text = strings.money.trail;
  const list = useList(contract, { params });
  const entries = list.items as readonly TrailEntry[];
  return (
    <Section title={text.title}>
      {list.error && <Failure error={list.error} retry={list.refetch} />}
      {list.isPending && <Loading />}
      {list.data && entries.length === 0 && <p className="quiet">{text.none}</p>}
      {entries.length > 0 && (
        <ol className="card trail">
          {steps(entries).map(({ at, action, note, times, key, by: { role, name } }) => (
            <li key={key}>
              <span className="quiet figures">{minute(at, language)}</span>
              <span>
                <strong>{text.actions[action] ?? action}</strong>
                {times > 1 && ` ×${times}`}{' '}
                {decided[action] === undefined ? (
                  <>
                    {text.roles[role] ?? role} {name}
                  </>
                ) : (
                  <Who sub={decided[action]} names={names} />
                )}
                {note && !/^\d+$/.test(note) && <span className="trail-note">{note}</span>}
              </span>
            </li>
          ))}
        </ol>
      )}
      <More list={list} />
    </Section>
  );
}

const whoOf = ({ by }: TrailEntry) => `${by.role} ${by.sub ?? by.name}`;

/** The same done several times in a row, as a system does it page by page, is told once. */
function steps(entries: readonly TrailEntry[]): (TrailEntry & { readonly times: number; readonly key: string })[] {
  const told: (TrailEntry & { readonly times: number; readonly key: string })[] = [];
  for (const [at, entry] of entries.entries()) {
    const last = told.at(-1);
    if (last && last.action === entry.action && whoOf(last) === whoOf(entry) && last.note === entry.note)
      told[told.length - 1] = { ...last, times: last.times + 1 };
    else told.push({ ...entry, times: 1, key: String(at) });
  }
  return told;
}
