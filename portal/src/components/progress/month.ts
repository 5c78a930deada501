import { useLanguage } from '../../language/language.tsx';

/** A month of an answer, `2026-11`, as it is spoken. */
export function useMonth() {
  const { strings } = useLanguage();
  return (month: string): string => {
    const [year = 0, of = 0] = month.split('-').map(Number);
    return strings.insight.months(year, of);
  };
}
