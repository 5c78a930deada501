import { day, today } from '../format/format.ts';
import { useLanguage } from '../language/language.tsx';

/**
 * Which office has a matter, and by when it is expected to decide; of a day that has passed it says so. `here`: where the
 * office is named beside it.
 */
export function useExpected() {
  const { strings, language } = useLanguage();
  const text = strings.desk.applicant;
  return (office: 'here' | 'region' | 'audit', by: string): string =>
    text[by < today() ? (`${office}Late` as const) : office](day(by, language));
}
