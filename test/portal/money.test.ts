import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MoneyWorld, openMoneyWorld } from '../support/money-world.ts';
import { walkGuide } from '../support/walk-guide.ts';
import regionalOfficer, { type DepartmentsWalk } from './guides/regional-officer.ts';

let world: MoneyWorld;
const kept: DepartmentsWalk['kept'] = {};
const walk = (): DepartmentsWalk => ({ world, kept });

beforeAll(async () => {
  world = await openMoneyWorld();
}, 300_000);
afterAll(() => world?.stop());

walkGuide(regionalOfficer, walk);
