import { today } from '../../format/format.ts';
import { useQuestion } from '../../routing.ts';

/** The year in the address, this one without it, and the years that may be chosen: the next first. */
export function useYear() {
  const [question, ask] = useQuestion();
  const now = Number(today().slice(0, 4));
  const year = /^20\d\d$/.test(question.year ?? '') ? Number(question.year) : now;
  const years = [1, 0, -1, -2, -3].map((step) => now + step);
  return { year, years, choose: (next: number) => ask({ year: String(next) }), question, ask };
}
