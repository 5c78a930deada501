import { inboxRoutes } from '../../../contracts/inbox.ts';
import { payoutsRoutes } from '../../../contracts/payouts.ts';
import { yearEndRoutes } from '../../../contracts/year-end.ts';
import type { StaffRole } from '../../../core/actors/actor.ts';
import { businessDate, startOfDay } from '../../../core/calendar/business-date.ts';
import { live, type Person, type Surroundings } from '../person.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MOST_PROPOSALS = 5;

type Item = Readonly<Record<string, unknown>>;
const dataOf = (item: Item) => item.data as { readonly role?: string; readonly status?: string };
const isTaskOf = (role: StaffRole) => (item: Item) =>
  item.type === 'task' && dataOf(item).role === role && dataOf(item).status === 'open';

/** Decides whatever is in the inbox: mostly as one would wish, sometimes not, and sometimes what one may not. */
async function decideTasks(me: Person): Promise<void> {
  const page = await me.read(inboxRoutes.listTasks, { query: { limit: '50' } });
  for (const task of page?.items ?? []) {
    if (!task.mayDecide && !task.mayTake && me.random.chance(0.7)) continue;
    const body = decisionOf(me, task.kind);
    if (!body) continue;
    await me.deed(`decide ${task.kind}`, async () => {
      const version = await takeUp(me, task);
      if (version !== undefined) {
        await me.do(inboxRoutes.decideTask, { params: { taskId: task.id }, version, body });
      }
    });
  }
}

interface Seen {
  readonly id: string;
  readonly version: number;
  readonly mayTake: boolean;
  readonly holder?: object;
}

/**
 * Sometimes takes a task before deciding it, and now and then gives it back at once; what a colleague has is taken over, or
 * decided all the same, which is refused. The version to decide, if it is still this person's to decide.
 */
async function takeUp(
  { random, do: ask }: Person,
  { id, version, mayTake, holder }: Seen,
): Promise<number | undefined> {
  if (!mayTake || random.chance(holder ? 0.1 : 0.8)) return version;
  const params = { taskId: id };
  const told = holder
    ? await ask(inboxRoutes.takeOverTask, { params, version, body: { reasonCode: 'absent', note: '本周休假' } })
    : await ask(inboxRoutes.takeTask, { params, version });
  if (told?.status !== 200) return undefined;
  const { version: taken } = told.body;
  if (!random.chance(0.15)) return taken;
  await ask(inboxRoutes.handOverTask, { params, version: taken, body: { note: '材料已核对一半' } });
  return undefined;
}

function decisionOf({ random }: Person, kind: string): object | undefined {
  const note = '已核对';
  const refuse = { outcome: 'refuse', reasonCode: 'other', note };
  switch (kind) {
    case 'payout-industry':
    case 'payout-finance':
    case 'year-end-industry':
    case 'year-end-finance':
      return random.chance(0.1) ? refuse : { outcome: 'approve' };
    case 'objection':
      return random.pick([
        { outcome: 'dismiss', reasonCode: 'other', note },
        { outcome: 'uphold', reasonCode: 'other', note },
        { outcome: 'uphold', reasonCode: 'other', note, corrected: '100.00' },
      ]);
    case 'enterprise-certification':
    case 'provider-recommendation':
    case 'provider-selection':
      return random.pick([
        { outcome: 'approve' },
        { outcome: 'approve' },
        { outcome: 'return', reasons: [{ pointer: '/documents/businessLicence', reasonCode: 'document-illegible' }] },
        { outcome: 'reject', reasonCode: 'evidence-insufficient', note },
        undefined,
      ]);
    case 'offering-review':
      return random.pick([
        { outcome: 'approve' },
        { outcome: 'return', reasons: [{ pointer: '/price', reasonCode: 'price-above-market' }] },
        { outcome: 'reject', reasonCode: 'price-above-market', note },
        undefined,
      ]);
    default:
      return undefined;
  }
}

/** Who reviews what sits in a city; sometimes so late that the region takes over. */
export function cityReviewer(world: Surroundings): void {
  live(world, {
    name: 'city',
    caller: { sub: 'city', roles: ['city-reviewer'], jurisdiction: '150100' },
    cares: isTaskOf('city-reviewer'),
    look: decideTasks,
  });
}

/** An officer of the industry department; one of them proposes payment orders. */
export function officer(world: Surroundings, number: number, year: number): void {
  const proposes = number === 1;
  let proposed = 0;
  live(world, {
    name: `officer-${number}`,
    caller: { sub: `officer-${number}`, roles: ['regional-officer'] },
    cares: (item) =>
      isTaskOf('regional-officer')(item) ||
      (proposes && item.type === 'claimItem' && ['final', 'deferred'].includes(dataOf(item).status ?? '')),
    async look(me) {
      await decideTasks(me);
      // What has to wait for money again and again waits for next year's.
      if (!proposes || proposed >= MOST_PROPOSALS) return;
      await me.deed('propose a payment order', async () => {
        proposed += 1;
        const told = await me.do(payoutsRoutes.orderPayout, { body: { year } });
        if (told?.status === 201) me.comeBack(me.now() + 4 * DAY);
      });
    },
  });
}

/** An officer of the finance department; one of them has the year closed. */
export function financeOfficer(world: Surroundings, number: number, year: number): void {
  const closes = number === 1;
  const january = startOfDay(businessDate(`${year + 1}-01-10`));
  const params = { year };
  live(world, {
    name: `finance-${number}`,
    caller: { sub: `finance-${number}`, roles: ['finance-officer'] },
    cares: isTaskOf('finance-officer'),
    appointments: closes ? [january, january + 4 * DAY, january + 9 * DAY] : [],
    async look(me) {
      await decideTasks(me);
      if (!closes || me.now() < january) return;
      await me.deed('have the year closed', async () => {
        const report = await me.read(yearEndRoutes.readReport, { params });
        if (!report) await me.do(yearEndRoutes.requestSurvey, { params });
        else if (['reported', 'refused'].includes(report.status)) {
          await me.do(yearEndRoutes.requestRun, { params, version: report.version });
        }
      });
    },
  });
}
