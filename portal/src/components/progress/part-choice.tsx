import { type Category, categories, type Jurisdiction, jurisdictions } from '../../../../contracts/names.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import { useQuestion } from '../../routing.ts';
import { SelectField } from '../field.tsx';
import '../../styles/insight.css';

const isJurisdiction = (code: string | undefined): code is Jurisdiction => code !== undefined && code in jurisdictions;
const isCategory = (id: string | undefined): id is Category => id !== undefined && id in categories;

/** Which part of a year is looked at, as the address says. */
export interface Part {
  readonly jurisdiction?: Jurisdiction;
  readonly category?: Category;
}

export function usePart(): Part {
  const [{ place, category }] = useQuestion();
  return {
    ...(isJurisdiction(place) ? { jurisdiction: place } : {}),
    ...(isCategory(category) ? { category } : {}),
  };
}

/** Chooses a jurisdiction and a category; the address keeps them. */
export function PartChoice() {
  const { strings } = useLanguage();
  const names = useNames();
  const { jurisdiction = '', category = '' } = usePart();
  const [, ask] = useQuestion();
  const text = strings.insight;
  return (
    <form className="part-choice card" onSubmit={(event) => event.preventDefault()}>
      <SelectField
        label={text.place}
        pointer="/place"
        errors={[]}
        value={jurisdiction}
        change={(place) => ask({ place })}
        none={strings.states.all}
        groups={names.jurisdictionChoices}
      />
      <SelectField
        label={text.category}
        pointer="/category"
        errors={[]}
        value={category}
        change={(next) => ask({ category: next })}
        none={strings.states.all}
        groups={[{ choices: (Object.keys(categories) as Category[]).map((id) => [id, names.category(id)]) }]}
      />
    </form>
  );
}
