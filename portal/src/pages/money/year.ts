import { today } from '../../format/format.ts';
import { useQuestion } from '../../routing.ts';

/** This year; `ending`: the one that is being closed, which in its first half a year is the one before. */
export const yearNow = (ending = false): number => {
  const [year = '', month = ''] = today().split('-');
  return Number(year) - (ending && month <= '06' ? 1 : 0);
};

/** The year in the address, this one (or what is given) without it, and the years that may be chosen: the next first. */
export function useYear(usual = yearNow()) {
  const [question, ask] = useQuestion();
  const now = yearNow();
  const year = /^20\d\d$/.test(question.year ?? '') ? Number(question.year) : usual;
  const years = [1, 0, -1, -2, -3].map((step) => now + step);
  return { year, years, choose: (next: number) => ask({ year: String(next) }), question, ask };
}
