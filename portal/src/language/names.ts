import {
  type Category,
  categories,
  type Jurisdiction,
  jurisdictions,
  type Kind,
  kinds,
} from '../../../contracts/names.ts';
import type { Choices } from '../components/field.tsx';
import { useLanguage } from './language.tsx';

/** Names of the scheme's lists in the language spoken. */
export function useNames() {
  const { pick } = useLanguage();
  const categoryNames = Object.keys(categories) as Category[];
  const kindNames = Object.keys(kinds) as Kind[];
  return {
    category: (id: Category) => pick(categories[id]),
    kind: (id: Kind) => pick(kinds[id]),
    jurisdiction: (id: Jurisdiction) => pick(jurisdictions[id]),
    /** Of a code that may also be the region's, or none that is known here. */
    jurisdictionOr: (code: string) => (code in jurisdictions ? pick(jurisdictions[code as Jurisdiction]) : code),
    kindChoices: categoryNames.map(
      (category): Choices => ({
        group: pick(categories[category]),
        choices: kindNames
          .filter((kind) => kinds[kind].category === category)
          .map((kind): [string, string] => [kind, pick(kinds[kind])]),
      }),
    ),
    jurisdictionChoices: [
      { choices: Object.entries(jurisdictions).map(([code, name]): [string, string] => [code, pick(name)]) },
    ] as readonly Choices[],
  };
}
