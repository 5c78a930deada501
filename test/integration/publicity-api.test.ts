import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicityRoutes } from '../../contracts/publicity.ts';
import { systemActor } from '../../core/actors/actor.ts';
import { businessDate, startOfDay } from '../../core/calendar/business-date.ts';
import { born } from '../../core/lifecycle/record.ts';
import type { Reads } from '../../core/ports/store.ts';
import { ITEMS_PER_STEP, makeFinishItems } from '../../core/usecases/publicity/finish-items.ts';
import { createApi } from '../../functions/_runtime/api.ts';
import { storedCalendar } from '../../functions/_runtime/calendar.ts';
import { decideAndCommit } from '../../functions/_runtime/commit.ts';
import { idsOf } from '../../functions/_runtime/ids.ts';
import { publicityApi } from '../../functions/publicity-api/routes/index.ts';
import type { Store } from '../../storage/store.ts';
import { FACE, inspector, newId, noon } from '../support/claims-world.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { call as callApi } from '../support/http-event.ts';
import { AUDITOR, industry, type PayoutsWorld, payoutsWorld } from '../support/payouts-world.ts';

let engine: Engine;
let world: PayoutsWorld;
beforeAll(async () => {
  engine = await startEngine();
  world = await payoutsWorld(engine);
});
afterAll(() => engine.stop());

const published = '2019-09-27';
const END = startOfDay(businessDate('2019-10-11'));
const founded = { outcome: 'uphold', reasonCode: 'objection-founded', note: '经核查属实' };
const unfounded = { outcome: 'dismiss', reasonCode: 'objection-unfounded', note: '经核查不属实' };

/** A claim whose notice has just been published; `during` runs while its window is open. */
async function inWindow(
  results: Parameters<PayoutsWorld['auditedClaim']>[0],
  during: (c: {
    noticeId: string;
    items: Awaited<ReturnType<PayoutsWorld['auditedClaim']>>['items'];
    claimId: string;
  }) => Promise<void>,
) {
  world.clock.at = noon(published);
  const { claim, items, seller } = await world.auditedClaim(results);
  let acted = false;
  const { states } = await world.run('publicity-window', { claimId: claim.id }, undefined, async (endsAt) => {
    if (!acted) {
      acted = true;
      const stored = await world.store.get('claim', { id: claim.id });
      await during({ noticeId: stored?.noticeId ?? '', items, claimId: claim.id });
    }
    await world.onTime(endsAt);
  });
  const final = async () => (await world.store.get('claim', { id: claim.id }))?.status;
  return { claim, items, seller, states, final };
}

const objection = (claimItemId: string, more: object = {}) => ({
  claimItemId,
  name: '王五',
  phone: '13912345678',
  grounds: '该企业未实际使用该服务',
  ...more,
});

const object = (noticeId: string, claimItemId: string, more: object = {}, key?: string) =>
  world.publicity('lodgePublicObjection', undefined, {
    params: { noticeId },
    body: objection(claimItemId, more),
    ...(key ? { key } : {}),
  });

/** Handles an objection with this decision by somebody who may. */
const handle = (objectionId: string, decision: Parameters<PayoutsWorld['decide']>[3]) =>
  world.run('objection-handling', { objectionId }, (_, taskId) =>
    world.decide(taskId, industry.sub, 'regional-officer', decision),
  );

describe('publicity of an audited claim', () => {
  it('publishes on Friday 2019-09-27, ends on 2019-10-10 at 24:00, then finishes each item', async () => {
    const { items, seller, states, final } = await inWindow(
      [{}, { approved: 1_800_000 }, { approved: 0 }],
      async ({ noticeId }) => {
        const notice = await world.publicity('readNotice', undefined, { params: { noticeId } });
        expect(notice.headers['cache-control']).toBe('public, max-age=60');
        expect(notice.body).toMatchObject({
          status: 'open',
          publishedOn: published,
          days: ['2019-09-29', '2019-09-30', '2019-10-08', '2019-10-09', '2019-10-10'],
          lastDay: '2019-10-10',
          endsAt: '2019-10-11T00:00:00.000+08:00',
          provisional: false,
          lineCount: 3,
          approvedTotal: '38000.00',
        });
        const lines = await world.publicity('readNoticeLines', undefined, { params: { noticeId } });
        expect(lines.body.items.map(({ outcome, approved }: Record<string, string>) => [outcome, approved])).toEqual(
          expect.arrayContaining([
            ['approved', '20000.00'],
            ['reduced', '18000.00'],
            ['rejected', '0.00'],
          ]),
        );
      },
    );
    expect(states).toEqual([
      'Publish',
      'WaitForEnd',
      'CheckWindow',
      'IsWindowOver',
      'FinishItems',
      'AreItemsFinished',
      'FinishClaim',
      'Finished',
    ]);
    expect(await final()).toBe('final');
    const ended = await Promise.all(items.map(world.item));
    expect(ended.map(({ status, payable }) => [status, payable])).toEqual([
      ['final', FACE],
      ['final', 1_800_000],
      ['refused', undefined],
    ]);
    const refused = await world.store.get('voucher', { id: ended[2]?.voucherId ?? '' });
    expect(refused).toMatchObject({ status: 'refused' });
    const list = await world.publicity('listNotices', undefined, { query: { year: '2019' } });
    expect(list.body.items[0]).toMatchObject({ providerName: seller.name, status: 'closed' });
  });

  it('lets anybody compute the hash of the snapshot again', async () => {
    await inWindow([{}, {}], async ({ noticeId }) => {
      const verified = await world.publicity('verifyNotice', undefined, { params: { noticeId } });
      expect(verified.body).toMatchObject({ matches: true, lineCount: 2 });
      const { items } = (await world.publicity('readNoticeLines', undefined, { params: { noticeId } })).body;
      const text = items
        .map((l: Record<string, string>) =>
          JSON.stringify([
            l.claimItemId,
            l.voucherNumber,
            l.enterpriseName,
            l.enterpriseUscc,
            l.asked,
            l.approved,
            l.outcome,
            l.reasonCode ?? '',
          ]),
        )
        .join('\n');
      expect(createHash('sha256').update(`${text}\n`).digest('hex')).toBe(verified.body.sha256);
    });
  });

  it('finishes more items than a page in pages, each once', async () => {
    const count = ITEMS_PER_STEP + 2;
    const before = await world.store.fund(2019);
    const { items, states, final } = await inWindow(
      Array.from({ length: count }, () => ({ approved: 0 })),
      async () => undefined,
    );
    expect(states.filter((name) => name === 'FinishItems')).toHaveLength(2);
    expect(await final()).toBe('final');
    expect(new Set((await Promise.all(items.map(world.item))).map(({ status }) => status))).toEqual(
      new Set(['refused']),
    );
    expect((await world.store.fund(2019)).available - before.available).toBe(count * FACE);
  });

  it('grows when a holiday is announced during the window, and never shrinks', async () => {
    const { states, claim } = await inWindow([{}], async () => {
      await world.seed({
        do: 'create',
        entity: 'calendarOverrides',
        value: {
          year: 2019,
          ...born(world.clock.at),
          complete: true,
          days: { [businessDate('2019-10-10')]: 'holiday' },
        },
      });
    });
    expect(states.slice(0, 7)).toEqual([
      'Publish',
      'WaitForEnd',
      'CheckWindow',
      'IsWindowOver',
      'WaitForEnd',
      'CheckWindow',
      'IsWindowOver',
    ]);
    const notice = await world.store.get('notice', {
      id: (await world.store.get('claim', { id: claim.id }))?.noticeId ?? '',
    });
    expect(notice).toMatchObject({ lastDay: '2019-10-11', status: 'closed' });
    expect(notice?.closedAt).toBeGreaterThanOrEqual(END + 86_400_000);
    await world.seed({
      do: 'update',
      entity: 'calendarOverrides',
      value: { year: 2019, ...born(world.clock.at), version: 2, complete: true, days: {} },
      audit: { action: 'announce' },
    });
  });

  it('closes with the window as it is known then, also when it woke late', async () => {
    const announce = async (days: Record<string, 'holiday'>) => {
      const stored = await world.store.get('calendarOverrides', { year: 2019 });
      const value = { year: 2019, ...born(world.clock.at), ...stored, complete: true, days };
      await world.seed(
        stored
          ? {
              do: 'update',
              entity: 'calendarOverrides',
              value: { ...value, version: stored.version + 1 },
              audit: { action: 'announce' },
            }
          : { do: 'create', entity: 'calendarOverrides', value },
      );
    };
    world.clock.at = noon(published);
    const { claim } = await world.auditedClaim([{}]);
    await world.run('publicity-window', { claimId: claim.id }, undefined, async () => {
      await announce({ [businessDate('2019-10-10')]: 'holiday' });
      world.clock.at = noon('2019-10-20');
    });
    const id = (await world.store.get('claim', { id: claim.id }))?.noticeId ?? '';
    const notice = await world.store.get('notice', { id });
    await announce({});
    expect(notice).toMatchObject({ status: 'closed', lastDay: '2019-10-11', endsAt: END + 86_400_000 });
    expect(notice?.days).not.toContain('2019-10-10');
  });

  it('answers for an unknown notice that there is none', async () => {
    const unknown = { params: { noticeId: newId('ntc') } };
    expect((await world.publicity('readNotice', undefined, unknown)).status).toBe(404);
    expect((await world.publicity('verifyNotice', undefined, unknown)).status).toBe(404);
    expect((await world.publicity('readNoticeLines', undefined, unknown)).status).toBe(404);
    expect((await object(unknown.params.noticeId, newId('itm'))).status).toBe(404);
  });
});

describe('an objection', () => {
  it('that was sent twice at once is lodged once, and both get its answer', async () => {
    await inWindow([{}], async ({ noticeId, items: [item] }) => {
      const call = { params: { noticeId }, body: objection(item?.id ?? ''), key: 'objection-key-at-once' };
      const lodged = await world.publicity('lodgePublicObjection', undefined, call);
      // The second has looked for an answer before the first gave one.
      let looked = false;
      const answered: Store['answered'] = async (hash) => {
        const before = looked;
        looked = true;
        return before ? world.store.answered(hash) : undefined;
      };
      const now = () => world.clock.at;
      const ports = { reads: world.store, calendar: () => storedCalendar(world.store, now()) };
      const second = createApi({ store: { ...world.store, answered }, now, routes: publicityApi(ports) });
      const again = await callApi(second, publicityRoutes.lodgePublicObjection, undefined, call);
      expect([again.status, again.body]).toEqual([201, lodged.body]);
      const listed = await world.publicity('listObjections', industry, { query: { noticeId } });
      expect(listed.body.items).toHaveLength(1);
    });
  });

  it('suspends only its item, without showing who objects to the public, and is replayed once', async () => {
    let id = '';
    const { items, final } = await inWindow([{}, {}], async ({ noticeId, items: [first] }) => {
      const lodged = await object(noticeId, first?.id ?? '', {}, 'objection-key-1');
      expect(lodged.status).toBe(201);
      expect(lodged.body).toMatchObject({ status: 'open', dueOn: '2019-10-16' });
      expect(JSON.stringify(lodged.body)).not.toMatch(/王五|139/);
      const again = await object(noticeId, first?.id ?? '', {}, 'objection-key-1');
      expect(again.body.id).toBe(lodged.body.id);
      id = lodged.body.id;
      const page = JSON.stringify((await world.publicity('readNotice', undefined, { params: { noticeId } })).body);
      expect(page).not.toMatch(/王五|13912345678/);
      const staff = await world.publicity('readObjection', inspector, { params: { objectionId: id } });
      expect(staff.body.objector).toEqual({ name: '王五', phoneMasked: '139****5678' });
      const listed = await world.publicity('listObjections', industry, { query: { noticeId } });
      expect(listed.body.items).toHaveLength(1);
      const provider = await world.publicity(
        'listObjections',
        { sub: AUDITOR, roles: ['auditor'] },
        { query: { noticeId } },
      );
      expect(provider.status).toBe(403);
    });
    const [first, second] = await Promise.all(items.map(world.item));
    expect([first?.status, second?.status]).toEqual(['objected', 'final']);
    expect(await final()).toBe('in-publicity');
    // Decided after the window: the item is finished at once, and the claim with it.
    await handle(id, unfounded);
    expect(await world.item(items[0] ?? { claimId: '', id: '' })).toMatchObject({ status: 'final', payable: FACE });
    expect(await final()).toBe('final');
    expect(await world.store.get('objection', { id })).toMatchObject({
      status: 'dismissed',
      decision: { decidedBy: industry.sub },
    });
  });

  it('dismissed within the window lets the item go on to the end of the same window', async () => {
    const { items, final } = await inWindow([{}, { approved: 0 }], async ({ noticeId, items: both }) => {
      for (const each of both) {
        const { body } = await object(noticeId, each.id);
        await handle(body.id, unfounded);
      }
      expect((await Promise.all(both.map(world.item))).map(({ status }) => status)).toEqual(['approved', 'rejected']);
    });
    expect((await Promise.all(items.map(world.item))).map(({ status }) => status)).toEqual(['final', 'refused']);
    expect(await final()).toBe('final');
  });

  it('upheld with another amount publicises the item anew with a full window; the old notice stays readable', async () => {
    let edition = '';
    const { items, final, claim } = await inWindow([{}, {}], async ({ noticeId, items: [first] }) => {
      world.clock.at = noon('2019-10-09');
      const { body } = await object(noticeId, first?.id ?? '');
      await handle(body.id, { ...founded, corrected: 400_000 });
      const old = await world.publicity('readNotice', undefined, { params: { noticeId } });
      edition = old.body.replaced[0].noticeId;
      expect(old.body).toMatchObject({ status: 'open', lineCount: 2, lastDay: '2019-10-10' });
      expect((await world.publicity('verifyNotice', undefined, { params: { noticeId } })).body.matches).toBe(true);
      const fresh = await world.publicity('readNotice', undefined, { params: { noticeId: edition } });
      expect(fresh.body).toMatchObject({
        edition: 2,
        supersedes: noticeId,
        publishedOn: '2019-10-09',
        lastDay: '2019-10-15',
        approvedTotal: '4000.00',
      });
      const refused = await object(noticeId, first?.id ?? '');
      expect(refused.body).toMatchObject({ status: 422, code: 'notice-line-replaced' });
    });
    expect((await Promise.all(items.map(world.item))).map(({ status }) => status)).toEqual(['approved', 'final']);
    expect(await final()).toBe('in-publicity');
    await world.run('publicity-window', { claimId: claim.id, noticeId: edition });
    expect(world.clock.at).toBe(startOfDay(businessDate('2019-10-16')));
    expect(await world.item(items[0] ?? { claimId: '', id: '' })).toMatchObject({ status: 'final', payable: 400_000 });
    expect(await final()).toBe('final');
  });

  it('upheld with 0 rejects the item after its new window', async () => {
    let edition = '';
    const { items, claim } = await inWindow([{}], async ({ noticeId, items: [first] }) => {
      const { body } = await object(noticeId, first?.id ?? '');
      await handle(body.id, { ...founded, corrected: 0 });
      edition = (await world.store.get('notice', { id: noticeId }))?.replaced[0]?.noticeId ?? '';
    });
    await world.run('publicity-window', { claimId: claim.id, noticeId: edition });
    const refused = await world.item(items[0] ?? { claimId: '', id: '' });
    expect(refused).toMatchObject({ status: 'refused', audit: { outcome: 'reject', reasonCode: 'objection-founded' } });
  });

  it('upheld at the very moment the old window is finished keeps the full new window', async () => {
    let id = '';
    let old = '';
    const { items, claim } = await inWindow([{}], async ({ noticeId, items: [first] }) => {
      old = noticeId;
      id = (await object(noticeId, first?.id ?? '')).body.id;
    });
    const only = items[0] ?? { claimId: '', id: '' };
    let decided = false;
    // The decision falls between the step's reading of the notice and its reading of the items.
    const reads: Reads = {
      ...world.store,
      getMany: async (entity, ids) => {
        if (!decided) {
          decided = true;
          await handle(id, { ...founded, corrected: 400_000 });
        }
        return world.store.getMany(entity, ids);
      },
    };
    const actor = systemActor('publicity-window');
    const at = world.clock.at;
    const seed = newId('exe');
    const ended = await decideAndCommit(world.store, { actor, at, requestId: seed }, () =>
      makeFinishItems({ ...world.ports, reads })(
        { claimId: claim.id, noticeId: old, from: 0 },
        { actor, at, newId: idsOf(seed), execution: seed },
      ),
    );
    expect(ended.ok).toBe(true);
    expect(await world.item(only)).toMatchObject({ status: 'approved', audit: { approved: 400_000 } });
    const edition = (await world.store.get('notice', { id: old }))?.replaced[0]?.noticeId ?? '';
    expect((await object(edition, only.id)).status).toBe(201);
  });

  it('is never decided by who audited the claim, and asked again when late or when the correction exceeds what was asked', async () => {
    await inWindow([{}], async ({ noticeId, items: [first] }) => {
      const { body } = await object(noticeId, first?.id ?? '');
      const answers = ['overdue', 'too-much', 'fine'];
      const { states } = await world.run('objection-handling', { objectionId: body.id }, async (state, taskId) => {
        const task = await world.store.get('task', { id: taskId });
        expect(task?.dueOn).toBe(state === 'Decide' ? '2019-10-16' : undefined);
        expect(task?.expectedBy).toBe(state === 'Decide' ? undefined : '2019-10-16');
        const answer = answers.shift();
        if (answer === 'overdue') {
          expect(await world.decide(taskId, AUDITOR, 'regional-officer', unfounded)).toBe('same-person');
          return 'overdue';
        }
        const corrected = answer === 'too-much' ? FACE + 1 : FACE;
        return world.decide(taskId, industry.sub, 'regional-officer', { ...founded, corrected });
      });
      expect(states.filter((name) => name.startsWith('Decide'))).toEqual(['Decide', 'DecideLate', 'DecideLate']);
      // The amount stays what it was: nothing to publicise anew.
      expect(await world.store.get('notice', { id: noticeId })).toMatchObject({ replaced: [] });
      expect(await world.item(first ?? { claimId: '', id: '' })).toMatchObject({ status: 'approved' });
    });
  });

  it('to an item that is suspended already is decided together with the first', async () => {
    await inWindow([{}], async ({ noticeId, items: [first] }) => {
      const lead = (await object(noticeId, first?.id ?? '')).body;
      const member = world.memberOf(world.enterprise);
      const second = await world.publicity('lodgeObjection', member, {
        params: { noticeId },
        body: objection(first?.id ?? '', { grounds: '另有证据' }),
      });
      expect(second.body).toMatchObject({ joinedTo: lead.id });
      await handle(lead.id, unfounded);
      expect(await world.store.get('objection', { id: second.body.id })).toMatchObject({
        status: 'dismissed',
        objector: { organisationId: world.enterprise.id },
      });
    });
  });

  it.each([
    ['a field that is missing', { grounds: undefined }, 422, 'invalid-request'],
    ['a phone that is none', { phone: '12345' }, 422, 'invalid-request'],
    ['an unknown field', { amount: '1.00' }, 422, 'invalid-request'],
    ['a line of another notice', { claimItemId: newId('itm') }, 422, 'notice-line-unknown'],
    ['evidence that does not exist', { documentIds: [newId('doc')] }, 422, 'evidence-unusable'],
  ])('with %s is refused and suspends nothing', async (_, more, status, code) => {
    await inWindow([{}], async ({ noticeId, items: [first] }) => {
      const refused = await object(noticeId, first?.id ?? '', more);
      expect(refused.body).toMatchObject({ status, code });
      expect(await world.item(first ?? { claimId: '', id: '' })).toMatchObject({ status: 'approved', version: 1 });
    });
  });

  it('is accepted in the last millisecond of the window and refused in the next', async () => {
    await inWindow([{}, {}], async ({ noticeId, items: [first, second] }) => {
      world.clock.at = END - 1;
      const inTime = await object(noticeId, first?.id ?? '');
      expect(inTime.status).toBe(201);
      await handle(inTime.body.id, unfounded);
      world.clock.at = END;
      expect((await object(noticeId, second?.id ?? '')).body).toMatchObject({
        status: 409,
        code: 'objection-window-closed',
      });
    });
  });
});
