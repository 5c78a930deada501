import { PartRefused } from '../../components/command-form.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import type { Fields } from '../../components/fields.ts';
import type { Filling } from '../../components/filling.ts';
import { countOf, ratioText } from '../../format/amounts.ts';
import { useLanguage } from '../../language/language.tsx';
import { defaultParameters, type ParameterName, parameterKinds, usePlanTerms } from './plan-terms.ts';

interface ParameterFieldsProps {
  readonly names: readonly ParameterName[];
  readonly filling: Filling;
}

/** Fields of parameters: what each governs, and its default. */
export function ParameterFields({ names, filling }: ParameterFieldsProps) {
  return (
    <div className="field-grid">
      {names.map((name) => (
        <ParameterField key={name} name={name} filling={filling} />
      ))}
    </div>
  );
}

const partsOf = { claimWindow: ['from', 'to'], qualityDeductions: ['minor', 'serious', 'critical'] } as const;

function ParameterField({ name, filling }: { readonly name: ParameterName; readonly filling: Filling }) {
  const { strings } = useLanguage();
  const { wordOf } = usePlanTerms();
  const { parameters, values, parts, draft } = strings.money;
  const { label, hint } = parameters[name];
  const told = draft.governs(hint, wordOf(name, defaultParameters));
  const pointer = `/parameters/${name}`;
  if (name === 'claimWindow' || name === 'qualityDeductions') {
    return (
      <fieldset className="field-group">
        <legend>{label}</legend>
        <p className="hint">{told}</p>
        <div className="field-parts">
          {partsOf[name].map((part) => (
            <TextField
              key={part}
              label={parts[part]}
              {...filling.bind(`${pointer}/${part}`)}
              autoComplete="off"
              maxLength={10}
            />
          ))}
        </div>
        <PartRefused of={pointer} errors={filling.errors} />
      </fieldset>
    );
  }
  if (name === 'taxBasis' || name === 'renewalOfSameService') {
    return (
      <SelectField
        label={label}
        hint={told}
        {...filling.bind(pointer)}
        groups={[{ choices: Object.entries(values[name]) }]}
      />
    );
  }
  const units = {
    yuan: values.inYuan,
    percent: values.inPercent,
    days: values.inDays,
    workingDays: values.inWorkingDays,
    years: values.inYears,
  };
  const kind = parameterKinds[name];
  return (
    <TextField
      label={`${label}${units[kind]}`}
      hint={told}
      {...filling.bind(pointer)}
      inputMode={kind === 'yuan' || kind === 'percent' ? 'decimal' : 'numeric'}
      autoComplete="off"
      maxLength={20}
    />
  );
}

/** What was typed of these parameters, as the body has it; an empty field is left out. */
export function parameterBody(names: readonly ParameterName[], fields: Fields): Record<string, unknown> {
  const typed = (pointer: string) => fields[pointer]?.trim() ?? '';
  return Object.fromEntries(
    names.flatMap((name): [string, unknown][] => {
      const pointer = `/parameters/${name}`;
      if (name === 'claimWindow' || name === 'qualityDeductions') {
        const given = partsOf[name].map((part): [string, string] => [part, typed(`${pointer}/${part}`)]);
        if (given.every(([, text]) => text === '')) return [];
        const read = (text: string) => (name === 'claimWindow' ? text : ratioText(text));
        return [[name, Object.fromEntries(given.map(([part, text]) => [part, read(text)]))]];
      }
      const text = typed(pointer);
      if (text === '') return [];
      const kind = parameterKinds[name];
      if (kind === 'percent') return [[name, ratioText(text)]];
      return [[name, kind === 'yuan' || kind === 'choice' ? text : countOf(text)]];
    }),
  );
}
