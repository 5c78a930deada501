import { TextField } from '../../components/field.tsx';
import type { Bound } from '../../components/filling.ts';
import { useLanguage } from '../../language/language.tsx';

/** What somebody says for a proposal or a decision. */
export function NoteField(bound: Bound) {
  const { form } = useLanguage().strings.money;
  return <TextField label={form.note} hint={form.noteHint} {...bound} maxLength={100} />;
}
