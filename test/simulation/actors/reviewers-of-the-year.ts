import { correctionRoutes } from '../../../contracts/corrections.ts';
import { planRoutes } from '../../../contracts/plan.ts';
import { planVersionRoutes } from '../../../contracts/plan-versions.ts';
import { businessDateOf } from '../../../core/calendar/business-date.ts';
import { correctionReasons } from '../../../core/ledger/correction.ts';
import { JOURNAL_PARTITIONS } from '../../../core/queries.ts';
import type { Caller } from '../../support/http-event.ts';
import { live, type Person, type Surroundings } from '../person.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Who changes an open year: the departments make another version of its plan, with more or fewer vouchers of a spec; and
 * an entry of the journal that somebody holds for wrong is corrected by its opposite, once both departments agree.
 */
export function reviewersOfTheYear(world: Surroundings, year: number): void {
  const start = world.clock.now();
  const params = { year };
  let version: number | undefined;

  const draftVersion = (me: Person) =>
    me.deed('draft another version of the plan', async () => {
      const { random } = me;
      const told = await me.do(planVersionRoutes.draftVersion, {
        params,
        body: {
          appliesFrom: businessDateOf(me.now()),
          reason: '年中调整',
          // Often fewer than there are already.
          specs: [{ category: 'business-application', count: random.int(1, 9) }],
        },
      });
      if (told?.status === 201) version = told.body.number;
    });

  const signVersion = (me: Person) =>
    me.deed('sign another version of the plan', async () => {
      if (version === undefined) return;
      const of = { year, number: version };
      const draft = await me.read(planVersionRoutes.readVersion, { params: of });
      if (draft?.status === 'draft') await me.do(planVersionRoutes.signVersion, { params: of, version: draft.version });
    });

  const proposeCorrection = (me: Person) =>
    me.deed('propose a correction', async () => {
      const { random } = me;
      const entries: { id: string }[] = [];
      for (let partition = random.int(0, 3); partition < JOURNAL_PARTITIONS && entries.length < 3; partition++) {
        const query = { partition: String(partition), limit: '50' };
        const page = await me.read(planRoutes.readJournal, { params, query });
        entries.push(...(page?.items ?? []));
      }
      if (entries.length === 0) return;
      const { id } = random.pick(entries);
      const part = random.chance(0.5) ? { amount: '1.23' } : {};
      await me.do(correctionRoutes.proposeCorrection, {
        params: { year, postingId: id },
        body: { reasonCode: random.pick(correctionReasons), note: '核对发现', ...part },
      });
    });

  const decideCorrections = async (me: Person) => {
    const page = await me.read(correctionRoutes.listCorrections, { params, query: { limit: '50' } });
    for (const { postingId, version: seen, status } of page?.items ?? []) {
      if (status !== 'proposed' && status !== 'approved') continue;
      await me.deed('decide a correction', async () => {
        const outcome = me.random.chance(0.8) ? 'approve' : 'refuse';
        const of = { year, postingId };
        await me.do(correctionRoutes.decideCorrection, { params: of, version: seen, body: { outcome, note: '同意' } });
      });
    }
  };

  const person = (
    name: string,
    role: 'regional-officer' | 'finance-officer',
    look: (me: Person) => Promise<void>,
    days: readonly number[],
  ) => {
    const caller: Caller = { sub: name, roles: [role] };
    live(world, {
      name,
      caller,
      cares: (item) => item.type === 'correction',
      appointments: days.map((day) => start + day * DAY + HOUR),
      look,
    });
  };
  person(
    'year-industry',
    'regional-officer',
    async (me) => {
      if (version === undefined && me.now() < start + 30 * DAY) await draftVersion(me);
      await signVersion(me);
      await decideCorrections(me);
    },
    [7, 9],
  );
  person(
    'year-finance',
    'finance-officer',
    async (me) => {
      await signVersion(me);
      await decideCorrections(me);
    },
    [10, 12],
  );
  person('year-bookkeeper', 'finance-officer', proposeCorrection, [20, 70, 100]);
}
