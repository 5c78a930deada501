import { routes } from '../../contracts/routes.ts';
import { definitions } from './definitions.ts';

/** How many routes and states there are to be met. */
export async function coverable(): Promise<{ routes: number; states: number }> {
  const machines = Object.values(await definitions()) as { States: Record<string, unknown> }[];
  return {
    routes: Object.values(routes).length,
    states: machines.reduce((sum, { States }) => sum + Object.keys(States).length, 0),
  };
}
