import { useState } from 'react';
import { planRoutes } from '../../../../contracts/plan.ts';
import type { Answer } from '../../api/client.ts';
import { useRead } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { CommandForm, PartRefused } from '../../components/command-form.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import type { Fields } from '../../components/fields.ts';
import type { Filling } from '../../components/filling.ts';
import { Page, Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Read } from '../../components/states.tsx';
import { YearChoice } from '../../components/year-choice.tsx';
import { shortDay } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useOfficer } from './departments.ts';
import { useYear } from './year.ts';
import '../../styles/money.css';

type Calendar = Answer<typeof planRoutes.readCalendar>;
const DAY_MS = 86_400_000;
/** No arrangement of a feast is longer. */
const MOST_AT_ONCE = 31;

/** Which days of a year are worked and which are not, as the State Council announced it. */
export default function CalendarPage() {
  const { strings } = useLanguage();
  const { year, years, choose } = useYear();
  const calendar = useRead(planRoutes.readCalendar, { params: { year: String(year) } });
  const { is } = useOfficer();
  const text = strings.money.calendar;
  return (
    <Page
      title={strings.pages.calendar}
      lead={text.lead}
      aside={<YearChoice years={years} chosen={year} choose={choose} />}
    >
      <p className="page-links">
        <PageLink to="/plan-desk" search={{ year: String(year) }}>
          {strings.money.form.back}
        </PageLink>
      </p>
      <Read of={calendar}>
        {(data) =>
          is('regional-officer') ? <Announcement key={data.version} calendar={data} /> : <Announced calendar={data} />
        }
      </Read>
    </Page>
  );
}

function Announced({ calendar }: { readonly calendar: Calendar }) {
  const { strings } = useLanguage();
  const text = strings.money.calendar;
  return (
    <Section title={text.days}>
      <p>
        <Badge tone={calendar.complete ? 'good' : 'warm'}>
          {calendar.complete ? text.isComplete : text.notComplete}
        </Badge>
      </p>
      <Days days={calendar.days} />
    </Section>
  );
}

const pointerOf = (date: string) => `/days/${date}`;
const daysOf = (fields: Fields): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, kind]) =>
      name.startsWith('/days/') && kind !== '' ? [[name.slice('/days/'.length), kind]] : [],
    ),
  );

function Announcement({ calendar }: { readonly calendar: Calendar }) {
  const { strings } = useLanguage();
  const text = strings.money.calendar;
  const stored = Object.entries(calendar.days).map(([date, kind]) => [pointerOf(date), kind]);
  return (
    <CommandForm
      contract={planRoutes.announceCalendar}
      name={`calendar.${calendar.year}`}
      initial={{ ...Object.fromEntries(stored), complete: calendar.complete ? 'yes' : '' }}
      call={{ params: { year: String(calendar.year) }, version: calendar.version }}
      body={(fields) => ({ days: daysOf(fields), complete: fields.complete === 'yes' })}
      submit={text.save}
      saves
    >
      {(filling) => (
        <>
          <Section title={text.days}>
            <PartRefused of="/days" errors={filling.errors} />
            <Days days={daysOf(filling.fields)} filling={filling} />
          </Section>
          <AddDays filling={filling} />
          <div>
            <label className="check">
              <input
                type="checkbox"
                checked={filling.fields.complete === 'yes'}
                onChange={(event) => filling.set({ complete: event.target.checked ? 'yes' : '' })}
              />
              {text.complete}
            </label>
            <p className="hint">{text.completeHint}</p>
          </div>
        </>
      )}
    </CommandForm>
  );
}

interface DaysProps {
  readonly days: Readonly<Record<string, string>>;
  /** Where they are being changed. */
  readonly filling?: Filling;
}

function Days({ days, filling }: DaysProps) {
  const { strings, language } = useLanguage();
  const text = strings.money.calendar;
  const sorted = Object.entries(days).sort(([a], [b]) => (a < b ? -1 : 1));
  if (sorted.length === 0) return <p className="quiet">{text.none}</p>;
  return (
    <ul className="calendar-days">
      {sorted.map(([date, kind]) => {
        const weekday = text.weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? '';
        const label = `${shortDay(date, language)} ${weekday}`;
        return (
          <li key={date} className={`calendar-${kind}`}>
            <span>
              <strong>{label}</strong> {text.kinds[kind as keyof typeof text.kinds]}
            </span>
            {filling && (
              <button
                type="button"
                className="link-button"
                aria-label={text.remove(label)}
                onClick={() => filling.set({ [pointerOf(date)]: '' })}
              >
                ✕
              </button>
            )}
            {filling && <PartRefused of={pointerOf(date)} errors={filling.errors} />}
          </li>
        );
      })}
    </ul>
  );
}

/** Days one after the other, as arrangements are announced. */
function AddDays({ filling }: { readonly filling: Filling }) {
  const { strings } = useLanguage();
  const text = strings.money.calendar;
  const [typed, setTyped] = useState({ from: '', to: '', kind: 'holiday' });
  const [impossible, setImpossible] = useState(false);
  const add = () => {
    const dates = datesBetween(typed.from, typed.to || typed.from);
    setImpossible(dates.length === 0);
    if (dates.length === 0) return;
    filling.set(Object.fromEntries(dates.map((date) => [pointerOf(date), typed.kind])));
    setTyped({ ...typed, from: '', to: '' });
  };
  const sentence = { pointer: '/from', code: 'impossible', detail: text.impossible, detailEn: text.impossible };
  const errors = impossible ? [sentence] : [];
  return (
    <fieldset className="card add-days">
      <legend>{text.add}</legend>
      <TextField
        label={text.from}
        pointer="/from"
        errors={errors}
        type="date"
        value={typed.from}
        change={(from) => setTyped({ ...typed, from })}
      />
      <TextField
        label={text.to}
        pointer="/to"
        hint={text.toHint}
        errors={errors}
        type="date"
        value={typed.to}
        change={(to) => setTyped({ ...typed, to })}
      />
      <SelectField
        label={text.kind}
        pointer="/kind"
        errors={errors}
        value={typed.kind}
        change={(kind) => setTyped({ ...typed, kind })}
        groups={[{ choices: Object.entries(text.kinds) }]}
      />
      <Button look="quiet" onClick={add}>
        {text.add}
      </Button>
    </fieldset>
  );
}

function datesBetween(from: string, to: string): string[] {
  const first = Date.parse(`${from}T00:00:00Z`);
  const last = Date.parse(`${to}T00:00:00Z`);
  if (!(first <= last) || (last - first) / DAY_MS >= MOST_AT_ONCE) return [];
  const dates: string[] = [];
  for (let at = first; at <= last; at += DAY_MS) dates.push(new Date(at).toISOString().slice(0, 10));
  return dates;
}
