import { PartRefused } from '../../components/command-form.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import type { Fields } from '../../components/fields.ts';
import type { Filling } from '../../components/filling.ts';
import { type Bilingual, useLanguage } from '../../language/language.tsx';

const markOf = (pointer: string) => `mark ${pointer}`;
const reasonOf = (pointer: string) => `reason ${pointer}`;
const noteOf = (pointer: string) => `note ${pointer}`;

const isMarked = (fields: Fields) => (pointer: string) => fields[markOf(pointer)] === 'yes';

interface Reason {
  readonly pointer: string;
  readonly reasonCode: string;
  readonly note?: string | undefined;
}

/** Reasons that were given before, as they are typed. */
export const sentBackFields = (reasons: readonly Reason[]): Fields =>
  Object.fromEntries(
    reasons.flatMap(({ pointer, reasonCode, note }): [string, string][] => [
      [markOf(pointer), 'yes'],
      [reasonOf(pointer), reasonCode],
      [noteOf(pointer), note ?? ''],
    ]),
  );

/** Which of these pointers are sent back and why, as a body has it. */
export const sentBack = (fields: Fields, pointers: readonly string[]): readonly object[] =>
  pointers.filter(isMarked(fields)).map((pointer) => {
    const typed = (name: string) => fields[name]?.trim() || undefined;
    return { pointer, reasonCode: typed(reasonOf(pointer)), note: typed(noteOf(pointer)) };
  });

/** Reasons of a list, as somebody chooses one. */
export const choicesOf = (reasons: Readonly<Record<string, Bilingual>>, pick: (text: Bilingual) => string) => [
  { choices: Object.entries(reasons).map(([code, name]): [string, string] => [code, pick(name)]) },
];

interface SentBackProps {
  readonly legend: string;
  readonly hint?: string;
  /** What may be sent back: pointers and their names. */
  readonly of: Readonly<Record<string, string>>;
  readonly reasons: Readonly<Record<string, Bilingual>>;
  readonly filling: Filling;
}

/** Fields of a case that are sent back, each with why. */
export function SentBack({ legend, hint, of, reasons, filling: { fields, errors, set, bind } }: SentBackProps) {
  const { strings, pick } = useLanguage();
  const text = strings.reviewer.decide;
  const marked = Object.keys(of).filter(isMarked(fields));
  return (
    <fieldset className="field-reasons">
      <legend>{legend}</legend>
      {hint && <p className="hint">{hint}</p>}
      <PartRefused of="/reasons" errors={errors} />
      {Object.entries(of).map(([pointer, name]) => {
        const at = marked.indexOf(pointer);
        return (
          <div key={pointer} className={at >= 0 ? 'field-reason field-reason-marked' : 'field-reason'}>
            <label className="check">
              <input
                type="checkbox"
                checked={at >= 0}
                onChange={(event) => set({ [markOf(pointer)]: event.target.checked ? 'yes' : '' }, '/reasons')}
              />
              {name}
            </label>
            {at >= 0 && (
              <>
                <SelectField
                  {...bind(reasonOf(pointer), `/reasons/${at}/reasonCode`)}
                  label={text.fieldReason(name)}
                  none={strings.states.choose}
                  groups={choicesOf(reasons, pick)}
                />
                <TextField
                  {...bind(noteOf(pointer), `/reasons/${at}/note`)}
                  label={text.fieldNote(name)}
                  optional
                  maxLength={500}
                />
              </>
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
