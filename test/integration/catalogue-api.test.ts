import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { catalogueRoutes as routes } from '../../contracts/catalogue.ts';
import { revise } from '../../core/lifecycle/record.ts';
import { catalogueWorld, inspector, officer, type Provider } from '../support/catalogue-world.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { call } from '../support/http-event.ts';

let engine: Engine;
let world: ReturnType<typeof catalogueWorld>;
let provider: Provider;
let other: Provider;

beforeAll(async () => {
  engine = await startEngine();
  world = catalogueWorld(engine);
  provider = await world.provider('蒙云科技');
  other = await world.provider('草原数据');
});
afterAll(() => engine.stop());

const create = (of = provider, more: Record<string, unknown> = {}) =>
  call(world.api, routes.createOffering, of.member, { body: world.content(of, more) });
const submit = (offeringId: string, number: number, version: number, of = provider) =>
  call(world.api, routes.submitVersion, of.member, { params: { offeringId, number }, body: {}, version });
const readVersion = (offeringId: string, number: number) =>
  call(world.api, routes.readVersion, officer, { params: { offeringId, number } });

describe('creating an offering', () => {
  test('a certified provider gets an offering with version 1 as a draft, its category by its kind', async () => {
    const created = await create();
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ status: 'draft', latestNumber: 1, providerName: '蒙云科技', version: 1 });
    expect(created.body.draft).toMatchObject({
      number: 1,
      status: 'draft',
      category: 'business-application',
      price: '80.00',
    });
  });

  test('the same request again has the same answer and makes nothing new', async () => {
    const fresh = await world.provider('再来一次');
    const body = world.content(fresh);
    const first = await call(world.api, routes.createOffering, fresh.member, { body, key: 'same-key-1' });
    const again = await call(world.api, routes.createOffering, fresh.member, { body, key: 'same-key-1' });
    expect(again).toMatchObject({ status: 201, body: first.body });
    const list = await call(world.api, routes.listOwnOfferings, fresh.member);
    expect(list.body.items).toHaveLength(1);
    const reused = await call(world.api, routes.createOffering, fresh.member, {
      body: { ...body, name: 'x' },
      key: 'same-key-1',
    });
    expect(reused).toMatchObject({ status: 409, body: { code: 'idempotency-key-reused' } });
  });

  test('a provider that is not certified is refused with the clause', async () => {
    const applicant = await world.provider('未认证', 'submitted');
    expect(await create(applicant)).toMatchObject({ status: 422, body: { code: 'not-certified', clause: '一-(一)' } });
  });

  test('staff and people without an organisation create nothing', async () => {
    const body = world.content(provider);
    expect(await call(world.api, routes.createOffering, officer, { body })).toMatchObject({ status: 403 });
    expect(await call(world.api, routes.createOffering, { sub: 'nobody' }, { body })).toMatchObject({ status: 403 });
    expect(await call(world.api, routes.createOffering, undefined, { body })).toMatchObject({ status: 401 });
  });

  test.each([
    ['an amount with three decimals', { price: '80.001' }, '/price', 'amount-decimals'],
    ['a negative amount', { price: '-1.00' }, '/price', 'amount-negative'],
    ['an unknown kind', { kind: 'magic' }, '/kind', 'wrong-value'],
    ['an unknown field', { discount: '1.00' }, '/discount', 'unknown-field'],
    ['a category, which follows from the kind', { category: 'infrastructure' }, '/category', 'unknown-field'],
    ['a price of nothing', { price: '0.00' }, '/price', 'price-zero'],
    ['an over-long name', { name: '云'.repeat(101) }, '/name', 'too-long'],
  ])('%s is refused and nothing is made', async (_, more, pointer, code) => {
    const fresh = await world.provider('出错');
    const refused = await create(fresh, more);
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ pointer, code })]));
    expect((await call(world.api, routes.listOwnOfferings, fresh.member)).body.items).toEqual([]);
  });
});

describe('editing a version', () => {
  const edit = (offeringId: string, version: number | undefined, more: Record<string, unknown> = {}, of = provider) =>
    call(world.api, routes.editVersion, of.member, {
      params: { offeringId, number: 1 },
      body: world.content(of, more),
      ...(version === undefined ? {} : { version }),
    });

  test('a draft is edited by who saw it as it is', async () => {
    const { id } = (await create()).body;
    expect(await edit(id, 1, { price: '90.00', kind: 'computing' })).toMatchObject({
      status: 200,
      body: { version: 2, price: '90.00', category: 'infrastructure' },
    });
    expect(await edit(id, 1)).toMatchObject({ status: 412, body: { code: 'stale-version', currentVersion: 2 } });
    expect(await edit(id, undefined)).toMatchObject({ status: 428 });
  });

  test("another provider's offering does not exist", async () => {
    const { id } = (await create()).body;
    expect(await edit(id, 1, {}, other)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await call(world.api, routes.readOffering, other.member, { params: { offeringId: id } })).toMatchObject({
      status: 404,
    });
  });

  test('a version in review stands', async () => {
    const { body } = await world.submitted(provider);
    expect(await edit(body.offeringId, 2)).toMatchObject({ status: 409, body: { code: 'wrong-state' } });
  });
});

describe('submitting a version', () => {
  test('it goes into review and starts one execution', async () => {
    const submission = await world.submitted(provider);
    expect(submission).toMatchObject({ status: 202, body: { status: 'in-review', findings: [] } });
    const stored = await world.store.get('offeringVersion', { offeringId: submission.body.offeringId, number: 1 });
    expect(stored?.review).toMatchObject({
      execution: expect.stringMatching(/^evt_/),
      submittedBy: provider.member.sub,
    });
    expect(await submit(submission.body.offeringId, 1, 2)).toMatchObject({
      status: 409,
      body: { code: 'wrong-state' },
    });
  });

  test('a price above the market price is refused by its rule and clause, and the draft stays a draft', async () => {
    const { id } = (await create(provider, { price: '100.01' })).body;
    const refused = await submit(id, 1, 1);
    expect(refused).toMatchObject({ status: 422, body: { code: 'price-above-market', clause: '三-(二)' } });
    expect(refused.body.errors[0]).toMatchObject({ pointer: '/price', code: 'price-above-market' });
    expect((await readVersion(id, 1)).body).toMatchObject({ status: 'draft', version: 1 });
  });

  test('evidence of another organisation does not count', async () => {
    const { marketPrice } = world.content(other);
    const { id } = (await create(provider, { marketPrice })).body;
    expect(await submit(id, 1, 1)).toMatchObject({ status: 422, body: { code: 'market-evidence-required' } });
  });

  test('a provider that lost its certification is refused', async () => {
    const leaving = await world.provider('将退出');
    const { id } = (await create(leaving)).body;
    await world.commit({
      do: 'update',
      entity: 'organisation',
      value: revise(leaving.organisation, world.clock.at, { status: 'rejected' }),
      audit: { action: 'test' },
    });
    expect(await submit(id, 1, 1, leaving)).toMatchObject({ status: 422, body: { code: 'not-certified' } });
  });
});

describe('review', () => {
  test('approval publishes the version and lists the offering', async () => {
    const { body } = await world.submitted(provider);
    const version = { offeringId: body.offeringId, number: 1 };
    expect(await world.review(version, { outcome: 'approve' })).toEqual({ ...version, next: 'published' });
    const offering = await call(world.api, routes.readOffering, provider.member, {
      params: { offeringId: body.offeringId },
    });
    expect(offering.body).toMatchObject({ status: 'published', publishedNumber: 1, listing: { price: '80.00' } });
    expect((await world.store.get('offeringVersion', version))?.reviewedBy).toBe(officer.sub);
  });

  test('returned with reasons per field it is corrected, submitted and reviewed again', async () => {
    const { body } = await world.submitted(provider);
    const version = { offeringId: body.offeringId, number: 1 };
    const reasons = [{ pointer: '/description', reasonCode: 'incomplete', note: '请写明服务内容' }];
    expect(await world.review(version, { outcome: 'return', reasons })).toMatchObject({ next: 'returned' });
    const returned = (await readVersion(body.offeringId, 1)).body;
    expect(returned).toMatchObject({ status: 'returned', reasons });
    const corrected = await call(world.api, routes.editVersion, provider.member, {
      params: version,
      version: returned.version,
      body: world.content(provider, { description: '邮件、会议、通信，含培训' }),
    });
    expect(corrected.body.status).toBe('returned');
    expect((await submit(body.offeringId, 1, corrected.body.version)).body).toMatchObject({
      status: 'in-review',
      reasons: [],
    });
    expect(await world.review(version, { outcome: 'approve' })).toMatchObject({ next: 'published' });
  });

  test('rejection ends the version; a new one may follow', async () => {
    const { body } = await world.submitted(provider);
    const version = { offeringId: body.offeringId, number: 1 };
    const decision = { outcome: 'reject', reasonCode: 'not-a-cloud-service', note: '不属于云服务' };
    expect(await world.review(version, decision)).toMatchObject({ next: 'rejected' });
    expect((await readVersion(body.offeringId, 1)).body).toMatchObject({
      status: 'rejected',
      reasons: [{ pointer: '/', reasonCode: 'not-a-cloud-service', note: '不属于云服务' }],
    });
    const next = await call(world.api, routes.addVersion, provider.member, {
      params: { offeringId: body.offeringId },
      body: {},
      version: 1,
    });
    expect(next).toMatchObject({ status: 201, body: { number: 2, status: 'draft' } });
  });

  test('the task is for the region, due after the review time in working days over the National Day holidays', async () => {
    const { body } = await world.submitted(provider);
    const version = { offeringId: body.offeringId, number: 1 };
    const { taskId } = (await world.step('open-review', version, { state: 'Review', entered: 'due', token: 't' })) as {
      taskId: string;
    };
    expect(await world.taskOf(taskId)).toMatchObject({
      role: 'regional-officer',
      kind: 'offering-review',
      dueOn: '2019-10-10',
      excluded: ['member-1'],
    });
  });

  test('overdue it is asked again without a due date, and the second decision counts', async () => {
    const { body } = await world.submitted(provider);
    const version = { offeringId: body.offeringId, number: 1 };
    const first = (await world.step('open-review', version, { state: 'Review', entered: 'o1', token: 't1' })) as {
      taskId: string;
    };
    await world.lapse(first.taskId);
    const decision = { taskId: first.taskId, outcome: 'overdue' };
    const state = await world.step('apply-review', { ...version, decision }, { state: 'ApplyReview', entered: 'o2' });
    expect(state).toEqual({ ...version, next: 'escalate' });
    const second = (await world.step('escalate-review', state as object, {
      state: 'EscalatedReview',
      entered: 'o3',
      token: 't2',
    })) as { taskId: string };
    const again = await world.taskOf(second.taskId);
    expect([again.dueOn, again.expectedBy]).toEqual([undefined, '2019-10-10']);
    expect((await readVersion(body.offeringId, 1)).body.decideBy).toBe('2019-10-10');
    await world.decide(second.taskId, { outcome: 'approve' });
    const input = { ...(state as object), decision: { taskId: second.taskId, outcome: 'approve' } };
    expect(await world.step('apply-review', input, { state: 'ApplyReview', entered: 'o4' })).toEqual({
      ...version,
      next: 'published',
    });
  });

  test('every step repeated has one effect: a retried wait renews its token, an applied decision stays applied', async () => {
    const { body } = await world.submitted(provider);
    const version = { offeringId: body.offeringId, number: 1 };
    const opened = await world.step('open-review', version, { state: 'Review', entered: 'r1', token: 'first' });
    expect(await world.step('open-review', version, { state: 'Review', entered: 'r1', token: 'second' })).toEqual(
      opened,
    );
    const { taskId } = opened as { taskId: string };
    expect((await world.taskOf(taskId)).token).toBe('second');
    await world.decide(taskId, { outcome: 'approve' });
    const input = { ...version, decision: { taskId, outcome: 'approve' } };
    const applied = await world.step('apply-review', input, { state: 'ApplyReview', entered: 'r2' });
    const before = await world.store.get('offering', { id: body.offeringId });
    expect(await world.step('apply-review', input, { state: 'ApplyReview', entered: 'r2' })).toEqual(applied);
    expect(await world.step('apply-review', input, { state: 'ApplyReview', entered: 'r3' })).toEqual(applied);
    expect(await world.store.get('offering', { id: body.offeringId })).toEqual(before);
  });
});

describe('a new version', () => {
  const add = (offeringId: string, version: number, body: Record<string, unknown> = {}, of = provider) =>
    call(world.api, routes.addVersion, of.member, { params: { offeringId }, body, version });

  test('the published one stays public until the new one is approved, which then supersedes it', async () => {
    const offeringId = await world.published(provider);
    expect(await add(offeringId, 2, { price: '40.00', voucherSupported: false })).toMatchObject({
      status: 201,
      body: { number: 2, status: 'draft', price: '40.00', name: '云协同办公' },
    });
    const submitted = await submit(offeringId, 2, 1);
    expect(submitted.body.findings.map(({ rule }: { rule: string }) => rule)).toEqual([
      'price-changed-much',
      'voucher-flag-changed',
    ]);
    expect(submitted.body.findings[0]).toMatchObject({ clause: '三-(二)', zh: expect.stringContaining('50%') });
    const before = await call(world.api, routes.readPublicOffering, undefined, { params: { offeringId } });
    expect(before.body).toMatchObject({ number: 1, price: '80.00' });
    await world.review({ offeringId, number: 2 }, { outcome: 'approve' });
    const after = await call(world.api, routes.readPublicOffering, undefined, { params: { offeringId } });
    expect(after.body).toMatchObject({ number: 2, price: '40.00', voucherSupported: false });
    const versions = await call(world.api, routes.listVersions, inspector, { params: { offeringId } });
    expect(versions.body.items.map((v: { number: number; status: string }) => [v.number, v.status])).toEqual([
      [2, 'published'],
      [1, 'superseded'],
    ]);
  });

  test('there is one unfinished version at a time', async () => {
    const offeringId = await world.published(provider);
    await add(offeringId, 2);
    expect(await add(offeringId, 3)).toMatchObject({ status: 409, body: { code: 'offering-version-open' } });
    expect(await add(offeringId, 2)).toMatchObject({ status: 412 });
  });

  test('two at once make one', async () => {
    const offeringId = await world.published(provider);
    const answers = await Promise.all([add(offeringId, 2), add(offeringId, 2)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 412]);
  });
});

describe('withdrawal', () => {
  const withdraw = (offeringId: string, version: number, of = provider) =>
    call(world.api, routes.withdrawOffering, of.member, {
      params: { offeringId },
      body: { note: '停止销售' },
      version,
    });

  test('it leaves the catalogue for good', async () => {
    const offeringId = await world.published(provider);
    expect(await withdraw(offeringId, 2)).toMatchObject({ status: 200, body: { status: 'withdrawn' } });
    expect(await call(world.api, routes.readPublicOffering, undefined, { params: { offeringId } })).toMatchObject({
      status: 404,
    });
    expect((await readVersion(offeringId, 1)).body.status).toBe('withdrawn');
    expect(await withdraw(offeringId, 3)).toMatchObject({ status: 409, body: { code: 'wrong-state' } });
    const add = await call(world.api, routes.addVersion, provider.member, {
      params: { offeringId },
      body: {},
      version: 3,
    });
    expect(add).toMatchObject({ status: 409, body: { code: 'offering-withdrawn' } });
  });

  test('a review that goes on ends: its task is cancelled, and the execution changes nothing any more', async () => {
    const { body } = await world.submitted(provider);
    const version = { offeringId: body.offeringId, number: 1 };
    const { taskId } = (await world.step('open-review', version, { state: 'Review', entered: 'w1', token: 't' })) as {
      taskId: string;
    };
    expect((await withdraw(body.offeringId, 1)).status).toBe(200);
    expect((await world.taskOf(taskId)).status).toBe('cancelled');
    const input = { ...version, decision: { taskId, outcome: 'cancelled' } };
    expect(await world.step('apply-review', input, { state: 'ApplyReview', entered: 'w2' })).toEqual({
      ...version,
      next: 'withdrawn',
    });
  });

  test('withdrawn before anybody was asked, nobody is asked', async () => {
    const { body } = await world.submitted(provider);
    const version = { offeringId: body.offeringId, number: 1 };
    await withdraw(body.offeringId, 1);
    expect(await world.step('open-review', version, { state: 'Review', entered: 'w3', token: 't' })).toEqual({
      taskId: 'none',
    });
  });

  test("another provider's cannot be withdrawn", async () => {
    const offeringId = await world.published(provider);
    expect(await withdraw(offeringId, 2, other)).toMatchObject({ status: 404 });
  });

  test('the trail keeps who did what', async () => {
    const offeringId = await world.published(provider);
    await withdraw(offeringId, 2);
    const trail = await call(world.api, routes.readOfferingTrail, inspector, { params: { offeringId } });
    expect(trail.body.items.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(['create', 'submit', 'open-review', 'publish', 'withdraw']),
    );
  });
});

describe('the public catalogue', () => {
  let own: ReturnType<typeof catalogueWorld>;
  let separate: Engine;
  let seller: Provider;
  beforeAll(async () => {
    separate = await startEngine();
    own = catalogueWorld(separate);
    seller = await own.provider('北疆云');
    await own.published(seller, { name: '对象存储', kind: 'storage' });
    await own.published(seller, { name: '弹性计算', kind: 'computing', voucherSupported: false });
    await own.published(seller, { name: '协同办公' });
    await own.submitted(seller, { name: '审核中的产品' });
  });
  afterAll(() => separate.stop());

  let browse: (query?: Record<string, string>) => Promise<Awaited<ReturnType<typeof call>>>;
  beforeEach(() => {
    browse = (query = {}) => call(own.api, routes.browseCatalogue, undefined, { query });
  });
  const names = (answer: Awaited<ReturnType<typeof call>>) =>
    answer.body.items.map(({ name }: { name: string }) => name).sort();

  test('it shows what is published, without a token, cacheable and with an ETag', async () => {
    const answer = await browse();
    expect(names(answer)).toEqual(['协同办公', '对象存储', '弹性计算']);
    expect(answer.headers['cache-control']).toBe('public, max-age=60');
    const again = await call(own.api, routes.browseCatalogue, undefined, {
      headers: { 'if-none-match': answer.headers.etag ?? '' },
    });
    expect(again.status).toBe(304);
    expect(JSON.stringify(answer.body)).not.toContain(seller.evidence.id);
  });

  test.each([
    [{ category: 'infrastructure' }, ['对象存储', '弹性计算']],
    [{ kind: 'storage' }, ['对象存储']],
    [{ kind: 'storage', category: 'platform-system' }, []],
    [{ voucherSupported: 'true' }, ['协同办公', '对象存储']],
    [{ q: '北疆' }, ['协同办公', '对象存储', '弹性计算']],
    [{ q: '计算' }, ['弹性计算']],
    [{ q: '没有的' }, []],
  ])('filtered by %j it shows %j', async (query, expected) => {
    expect(names(await browse(query))).toEqual(expected);
  });

  test('page by page it shows each offering once, filtered or not', async () => {
    for (const filter of [{}, { voucherSupported: 'true' }]) {
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await browse({ ...filter, limit: '1', ...(cursor ? { cursor } : {}) });
        expect(page.body.items.length).toBeLessThanOrEqual(1);
        found.push(...names(page));
        cursor = page.body.next;
      } while (cursor);
      expect(found.sort()).toEqual(names(await browse(filter)));
    }
  });

  test('unknown filters and foreign cursors are refused', async () => {
    expect((await browse({ colour: 'red' })).status).toBe(422);
    expect((await browse({ cursor: 'nonsense' })).status).toBe(422);
  });

  test('what is in review or unknown is not there', async () => {
    const submitted = await own.submitted(seller);
    for (const offeringId of [submitted.body.offeringId, `off_${'0'.repeat(26)}`, 'nonsense']) {
      expect(await call(own.api, routes.readPublicOffering, undefined, { params: { offeringId } })).toMatchObject({
        status: 404,
      });
    }
  });

  test('the 3 categories and 16 kinds are there before any plan is open', async () => {
    const { body } = await call(own.api, routes.listCategories, undefined);
    expect(body.categories.map((c: { id: string; kinds: unknown[] }) => [c.id, c.kinds.length])).toEqual([
      ['infrastructure', 4],
      ['business-application', 6],
      ['platform-system', 6],
    ]);
    expect(body.planYear).toBeUndefined();
  });
});
