import { yearEndRoutes } from '../contracts/year-end.ts';
import { decide } from './cast.ts';
import type { Json } from './client.ts';
import type { System } from './system.ts';
import { until } from './until.ts';

/** The close of a year, as finance reads it. */
export const yearEndWhen = (system: System, year: number, status: string): Promise<Json> =>
  until(`the close of ${year} is ${status}`, async () => {
    const { status: found, body } = await system.person('finance').try(yearEndRoutes.readReport, { params: { year } });
    return found === 200 && body.status === status ? body : undefined;
  });

/**
 * Finance asks for the run on the report that the schedule of 1 January made; a person of each department approves, and
 * the year is closed (clause 一-(二)).
 */
export async function closeYear(system: System, year: number): Promise<Json> {
  const { version } = await yearEndWhen(system, year, 'reported');
  await system.person('finance').do(yearEndRoutes.requestRun, { params: { year }, version });
  await decide(system.person('officer'), String(year), { outcome: 'approve' }, 'year-end-industry');
  await decide(system.person('finance2'), String(year), { outcome: 'approve' }, 'year-end-finance');
  return yearEndWhen(system, year, 'closed');
}
