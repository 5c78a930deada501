import { SelectField } from '../../components/field.tsx';
import type { Bound } from '../../components/filling.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';

interface ChoiceProps extends Bound {
  /** It stands as it is. */
  readonly disabled?: boolean;
}

/** Where an organisation sits. */
export function JurisdictionField(props: ChoiceProps) {
  const { strings } = useLanguage();
  const { jurisdictionChoices } = useNames();
  return (
    <SelectField
      label={strings.check.jurisdiction}
      {...props}
      none={strings.states.choose}
      groups={jurisdictionChoices}
    />
  );
}

/** Its section of GB/T 4754. */
export function IndustrySectionField(props: ChoiceProps) {
  const { strings } = useLanguage();
  const text = strings.check;
  const choices = Object.keys(text.sections).map((letter): [string, string] => [letter, sectionName(text, letter)]);
  return (
    <SelectField
      label={text.section}
      hint={text.sectionHint}
      {...props}
      none={strings.states.choose}
      groups={[{ choices }]}
    />
  );
}

/** "C  制造业". */
export const sectionName = ({ sections }: { readonly sections: object }, letter: string): string =>
  `${letter}  ${new Map<string, string>(Object.entries(sections)).get(letter) ?? ''}`;
