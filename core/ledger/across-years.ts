import type { Change } from '../ports/store.ts';
import type { Posting } from './posting.ts';

/**
 * The postings of a change to a voucher. Its limits (spec, count, yearly cap, quotas) count in its year of use, for
 * good; the money that backs it may have moved to a later year's fund with a year-end (clauses 五-(三), 一-(二)
 * carry-over). Then the money is posted in the fund's year and the limits in the year of use, both in the same transaction.
 */
export function postAcrossYears(posting: Posting, fundYear: number): Change[] {
  if (fundYear === posting.year) return [{ do: 'post', posting }];
  const { cap: _cap, provider: _provider, ...uncapped } = posting;
  const money: Posting = { ...uncapped, year: fundYear, specs: [] };
  const limits: Posting = { ...posting, id: `${posting.id}_limits`, entries: {} };
  return [money, limits]
    .filter(({ entries, specs, cap }) => Object.keys(entries).length > 0 || specs.length > 0 || cap !== undefined)
    .map((part) => ({ do: 'post', posting: part }));
}
