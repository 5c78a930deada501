import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Organisation } from '../../core/registry/organisation.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { moneyFindings } from '../support/money-findings.ts';
import { accepted, inspector, noon, type Offer, type OrdersWorld, ordersWorld } from '../support/orders-world.ts';

let engine: Engine;
let year = 2025;
let world: OrdersWorld;
let enterprise: Organisation;
let provider: Organisation;
let crm: Offer;

beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

// A year for each test: fund, specs and caps start anew on the same table.
beforeEach(async () => {
  year += 1;
  world = await ordersWorld(engine, year);
  enterprise = await world.organisation('enterprise');
  provider = await world.organisation('provider');
  crm = await world.offer(provider, 'business-management', 4_000_000);
});

const holds = async () => {
  expect(await moneyFindings(engine, year)).toEqual([]);
};
const balances = () => world.store.fund(year);
const cap = () => world.store.capUsed(year, enterprise.uscc);
const spec = (id: string) => world.store.spec(year, id);

describe('before an order', () => {
  test('the enterprise sees what the voucher would be, why, and who pays what', async () => {
    const seen = await world.send('previewEntitlement', world.memberOf(enterprise), {
      params: { offeringId: crm.offeringId },
      query: { quantity: '2', use: 'amount', amount: '5000' },
    });
    expect(seen.status).toBe(200);
    expect(seen.body).toMatchObject({
      estimatedFee: '80000.00',
      entitlement: { amount: '5000.00', limitedBy: 'asked-amount' },
      funding: {
        listPrice: '80000.00',
        discount: '0.00',
        voucher: '5000.00',
        localTopUps: '0.00',
        ownShare: '75000.00',
      },
    });
    const [first] = seen.body.entitlement.derivation;
    expect(first).toEqual({
      rule: 'ratio-of-fee',
      clause: '五-(二)-2',
      zh: '第 1 项“经营管理应用服务”：实际费用 80000.00 元 × 20% = 16000.00 元（舍去不足一分的部分）。',
      en: 'Line 1, Business management: fee 80000.00 yuan × 20% = 16000.00 yuan, rounded down to the fen.',
      amount: '16000.00',
    });
    for (const { zh, en } of seen.body.entitlement.derivation) expect(zh + en).not.toMatch(/[{}]/);
    expect(await balances()).toMatchObject({ reserved: 0 });
  });

  test('an amount has to be named when some is asked for', async () => {
    const seen = await world.send('previewEntitlement', world.memberOf(enterprise), {
      params: { offeringId: crm.offeringId },
      query: { use: 'amount' },
    });
    expect(seen).toMatchObject({
      status: 422,
      body: { code: 'invalid-request', errors: [{ pointer: '/query/amount', code: 'required' }] },
    });
  });
});

describe('the yearly cap', () => {
  test('counts what is reserved, and is told to the enterprise alone', async () => {
    const read = (of: number) =>
      world.send('readYearlyCap', world.memberOf(enterprise), { params: { year: String(of) } });
    expect(accepted(await read(year))).toEqual({ year, cap: '20000.00', used: '0.00', left: '20000.00' });
    accepted(await world.place(enterprise, crm));
    expect(accepted(await read(year))).toEqual({ year, cap: '20000.00', used: '8000.00', left: '12000.00' });
    expect(await read(2099)).toMatchObject({ status: 404 });
    expect(
      await world.send('readYearlyCap', world.memberOf(provider), { params: { year: String(year) } }),
    ).toMatchObject({ status: 403 });
  });
});

describe('placing an order', () => {
  test('reserves fund, spec amount, spec count and yearly cap together', async () => {
    const placed = await world.place(enterprise, crm);
    expect(placed.status).toBe(201);
    expect(placed.body).toMatchObject({
      status: 'placed',
      version: 1,
      reservation: { amount: '8000.00', limitedBy: 'ratio-of-fee' },
      reservedUntil: expect.stringMatching(`^${year}-03-`),
      policyVersion: 1,
    });
    expect(await balances()).toMatchObject({ available: 99_200_000, reserved: 800_000, active: 0 });
    expect(await spec('app')).toMatchObject({ usedAmount: 800_000, usedCount: 1 });
    expect(await cap()).toBe(800_000);
    await holds();
  });

  test('the same request again has one effect and one answer; another under its key is refused', async () => {
    const key = `place-${year}-key`;
    const first = await world.place(enterprise, crm, { use: 'maximum' }, { key });
    const again = await world.place(enterprise, crm, { use: 'maximum' }, { key });
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(await world.place(enterprise, crm, { use: 'none' }, { key })).toMatchObject({
      status: 409,
      body: { code: 'idempotency-key-reused' },
    });
    expect(await cap()).toBe(800_000);
  });

  test('without a voucher reserves nothing, and works for offerings that accept none', async () => {
    const plain = await world.offer(provider, 'ai', 100, { voucherSupported: false });
    const placed = accepted(await world.place(enterprise, plain, { use: 'none' }));
    expect(placed.reservation).toBeUndefined();
    const signed = accepted(await world.sign(enterprise, accepted(await world.answer(placed, plain, '1.00'))));
    expect(signed).toMatchObject({ status: 'signed', funding: { voucher: '0.00', ownShare: '1.00' } });
    expect(signed.voucher).toBeUndefined();
    expect(await balances()).toMatchObject({ reserved: 0, active: 0 });
  });

  test('beyond the yearly cap gives what is left of it and says so, then refuses', async () => {
    await world.place(enterprise, crm);
    await world.place(enterprise, crm);
    const third = accepted(await world.place(enterprise, crm));
    expect(third.reservation).toMatchObject({ amount: '4000.00', limitedBy: 'yearly-cap-limit' });
    const fourth = await world.place(enterprise, crm);
    expect(fourth).toMatchObject({
      status: 409,
      body: { code: 'yearly-cap-reached', clause: '五-(三)', detail: expect.stringContaining('20000.00') },
    });
    expect((await world.place(enterprise, crm, { use: 'none' })).status).toBe(201);
    await holds();
  });

  const refusals: [string, number, string, () => Promise<{ status: number; body: unknown }>][] = [
    [
      'of an enterprise that is not certified',
      422,
      'enterprise-not-certified',
      async () => world.place(await world.organisation('enterprise', { status: 'submitted' }), crm),
    ],
    [
      'to a provider that is not certified',
      422,
      'provider-not-certified',
      async () =>
        world.place(
          enterprise,
          await world.offer(await world.organisation('provider', { status: 'returned' }), 'ai', 100),
        ),
    ],
    [
      'of a service of its own',
      422,
      'own-service',
      async () =>
        world.place(
          enterprise,
          await world.offer(await world.organisation('provider', { uscc: enterprise.uscc }), 'ai', 100),
        ),
    ],
    [
      'of a withdrawn offering',
      422,
      'offering-not-published',
      async () => world.place(enterprise, await world.offer(provider, 'ai', 100, { status: 'withdrawn' })),
    ],
    [
      'of an unknown offering',
      404,
      'not-found',
      () => world.place(enterprise, { ...crm, offeringId: `off_${'0'.repeat(26)}` }),
    ],
    [
      'of another version than the published one',
      409,
      'offering-version-superseded',
      () => world.place(enterprise, crm, { use: 'maximum' }, {}, { offeringNumber: 2 }),
    ],
    [
      'with a voucher where none is accepted',
      422,
      'offering-without-vouchers',
      async () => world.place(enterprise, await world.offer(provider, 'ai', 100, { voucherSupported: false })),
    ],
    [
      'too large to be real',
      422,
      'fee-too-large',
      async () =>
        world.place(
          enterprise,
          await world.offer(provider, 'ai', 10_000_000_000_000),
          { use: 'maximum' },
          {},
          { quantity: 2 },
        ),
    ],
    [
      'for a reversed period',
      422,
      'period-reversed',
      () => world.place(enterprise, crm, { use: 'maximum' }, {}, { wantedTo: `${year}-03-31` }),
    ],
    [
      'for a period longer than the plan allows',
      422,
      'period-too-long',
      () => world.place(enterprise, crm, { use: 'maximum' }, {}, { wantedTo: '9999-12-31' }),
    ],
    [
      'whose voucher would be nothing',
      422,
      'voucher-below-one-fen',
      async () => world.place(enterprise, await world.offer(provider, 'ai', 3)),
    ],
    [
      'for a voucher of nothing',
      422,
      'voucher-below-one-fen',
      () => world.place(enterprise, crm, { use: 'amount', amount: '0.00' }),
    ],
    [
      'with an amount of three decimals',
      422,
      'invalid-request',
      () => world.place(enterprise, crm, { use: 'amount', amount: '1.005' }),
    ],
    [
      'with an unknown field',
      422,
      'invalid-request',
      () => world.place(enterprise, crm, { use: 'maximum' }, {}, { amount: '5' }),
    ],
    ['by a provider', 403, 'role-forbidden', () => world.place(provider, crm)],
  ];
  test.each(refusals)('%s is refused', async (_, status, code, attempt) => {
    expect(await attempt()).toMatchObject({ status, body: { code } });
    expect(await balances()).toMatchObject({ reserved: 0 });
  });

  test('needs an open plan for a voucher, and none without', async () => {
    world.clock.at = noon(`${year - 100}-06-01`);
    expect(await world.place(enterprise, crm)).toMatchObject({ status: 409, body: { code: 'no-open-plan' } });
  });

  test('an exhausted fund or spec is refused with what can be done', async () => {
    year += 1;
    world = await ordersWorld(engine, year, { fund: 900_000, specCount: 1 });
    accepted(await world.place(enterprise, crm));
    expect(await world.place(enterprise, crm)).toMatchObject({
      status: 409,
      body: { code: 'spec-count-exhausted', clause: '五-(一)' },
    });
    const database = await world.offer(provider, 'database', 4_000_000);
    expect(accepted(await world.place(enterprise, database)).reservation).toMatchObject({
      amount: '1000.00',
      limitedBy: 'fund-limit',
    });
    const storage = await world.offer(provider, 'storage', 4_000_000);
    const refused = await world.place(enterprise, storage);
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'fund-exhausted', detail: expect.stringContaining('不使用云服务券') },
    });
    await holds();
  });
});

describe('the provider’s answer', () => {
  test('pins the contract file and computes the fees; it can be given again until the signature', async () => {
    const placed = accepted(await world.place(enterprise, crm));
    const lines = [{ kind: 'business-management', description: 'CRM', listPrice: '40000', discount: '1000.50' }];
    const first = accepted(await world.answer(placed, crm, '', { lines }));
    expect(first).toMatchObject({
      status: 'answered',
      version: 2,
      fee: '38999.50',
      contract: { discount: '1000.50', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(await world.answer(placed, crm, '1')).toMatchObject({
      status: 412,
      body: { code: 'stale-version', currentVersion: 2 },
    });
    expect(accepted(await world.answer(first, crm, '35000')).fee).toBe('35000.00');
  });

  test('is refused from others, with a bad contract, and after the end of the order', async () => {
    const placed = accepted(await world.place(enterprise, crm));
    const other = await world.organisation('provider');
    expect((await world.answer(placed, { ...crm, provider: other }, '1')).status).toBe(404);
    expect((await world.answer(placed, crm, '1', {}, { version: undefined } as object)).status).toBe(428);
    const lines = [{ kind: 'ai', description: 'x', listPrice: '1', discount: '2' }];
    const bad = await world.answer(placed, crm, '', {
      lines,
      endsOn: `${year}-01-01`,
      documentId: await world.document(provider, 'invoice'),
    });
    expect(bad).toMatchObject({ status: 422 });
    expect(bad.body.errors.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code])).toEqual([
      ['/lines/0/discount', 'discount-above-price'],
      ['/endsOn', 'period-reversed'],
      ['/lines', 'contract-without-ordered-service'],
      ['/documentId', 'contract-document-unusable'],
    ]);
    world.clock.at = noon(`${year}-06-01`);
    expect(await world.answer(placed, crm, '1')).toMatchObject({ status: 409, body: { code: 'reservation-ended' } });
    world.clock.at = noon(`${year}-03-02`);
    const cancelled = await world.send('cancelOrder', world.memberOf(enterprise), {
      params: { orderId: placed.id },
      version: 1,
      body: { reason: '不需要了' },
    });
    expect(cancelled.body).toMatchObject({ status: 'cancelled', endReason: '不需要了' });
    expect(await world.answer(cancelled.body, crm, '1')).toMatchObject({ status: 409, body: { code: 'wrong-state' } });
    expect(await balances()).toMatchObject({ available: 100_000_000, reserved: 0 });
    expect(await spec('app')).toMatchObject({ usedAmount: 0, usedCount: 0 });
    expect(await cap()).toBe(0);
    await holds();
  });

  test('can be a refusal, which gives everything back', async () => {
    const placed = accepted(await world.place(enterprise, crm));
    const declined = await world.send('declineOrder', world.memberOf(provider), {
      params: { orderId: placed.id },
      version: 1,
      body: { reason: '暂无能力' },
    });
    expect(declined.body.status).toBe('declined');
    expect(await balances()).toMatchObject({ available: 100_000_000, reserved: 0 });
    await holds();
  });
});

describe('the signature', () => {
  test('generates the voucher: named, bound, with its receipt, and the money behind it', async () => {
    const placed = accepted(await world.place(enterprise, crm));
    const answered = accepted(await world.answer(placed, crm, '30000'));
    const preview = await world.send('previewSigning', world.memberOf(enterprise), { params: { orderId: placed.id } });
    expect(preview.body).toMatchObject({
      entitlement: { amount: '6000.00', limitedBy: 'ratio-of-fee' },
      funding: { ownShare: '24000.00' },
    });
    const signed = accepted(await world.sign(enterprise, answered));
    expect(signed).toMatchObject({
      status: 'signed',
      version: 3,
      funding: { listPrice: '30000.00', voucher: '6000.00', ownShare: '24000.00' },
      voucher: {
        status: 'active',
        number: expect.stringMatching(`^NM${year}-APP-[0-9A-Z]{10}$`),
        year,
        face: '6000.00',
        issuedFace: '6000.00',
        enterpriseUscc: enterprise.uscc,
        providerId: provider.id,
        orderId: placed.id,
        contractSha256: answered.contract.sha256,
        expiresOn: `${year + 1}-03-01`,
      },
    });
    expect(signed.voucher.receipt.at(-1).amount).toBe('6000.00');
    expect(signed.voucher.receipt).toEqual(preview.body.entitlement.derivation);
    expect(await balances()).toMatchObject({ available: 99_400_000, reserved: 0, active: 600_000 });
    expect(await spec('app')).toMatchObject({ usedAmount: 600_000, usedCount: 1 });
    expect(await cap()).toBe(600_000);
    await holds();
  });

  test('takes more when the fee grew, as far as limits and choice allow', async () => {
    const placed = accepted(await world.place(enterprise, crm));
    const signed = accepted(await world.sign(enterprise, accepted(await world.answer(placed, crm, '60000'))));
    expect(signed.voucher.face).toBe('12000.00');
    const mail = await world.offer(provider, 'collaboration', 4_000_000);
    const asked = accepted(await world.place(enterprise, mail, { use: 'amount', amount: '500' }));
    expect(
      accepted(await world.sign(enterprise, accepted(await world.answer(asked, mail, '60000')))).voucher.face,
    ).toBe('500.00');
    const cad = await world.offer(provider, 'production-control', 4_000_000);
    const last = accepted(await world.place(enterprise, cad));
    const limited = accepted(await world.sign(enterprise, accepted(await world.answer(last, cad, '100000'))));
    expect(limited.voucher.face).toBe('7500.00');
    expect(limited.voucher.receipt.at(-3)).toMatchObject({ rule: 'yearly-cap-limit', amount: '7500.00' });
    await holds();
  });

  test('of a contract with several kinds takes a part of each spec', async () => {
    const lines = [
      { kind: 'business-management', description: 'ERP', listPrice: '20000', discount: '0' },
      { kind: 'database', description: 'DB', listPrice: '10000', discount: '2000' },
    ];
    const signed = await world.signedOrder(enterprise, crm, '', { use: 'maximum' }, { lines });
    expect(signed.voucher).toMatchObject({ face: '6000.00', number: expect.stringContaining('-MIX-') });
    expect(
      signed.voucher.parts.map(({ specId, amount }: { specId: string; amount: string }) => [specId, amount]),
    ).toEqual([
      ['app', '4000.00'],
      ['plt', '2000.00'],
    ]);
    expect(await spec('plt')).toMatchObject({ usedAmount: 200_000, usedCount: 1 });
    await holds();
  });

  test('follows the policy under which the order was placed', async () => {
    const placed = accepted(await world.place(enterprise, crm));
    const stored = await world.store.get('plan', { year });
    if (!stored) throw new Error('plan');
    await world.seed({
      do: 'update',
      entity: 'plan',
      value: {
        ...stored,
        version: 2,
        policyVersion: 2,
        specs: stored.specs.map((line) => ({ ...line, ratio: '0.01' })),
      },
      audit: { action: 'revise' },
    });
    const signed = accepted(await world.sign(enterprise, accepted(await world.answer(placed, crm, '40000'))));
    expect(signed.voucher).toMatchObject({ face: '8000.00', policyVersion: 1 });
    await holds();
  });

  test('repeated gives the same answer and one voucher; stale or late it is refused', async () => {
    const placed = accepted(await world.place(enterprise, crm));
    const answered = accepted(await world.answer(placed, crm, '40000'));
    expect((await world.sign(enterprise, placed)).status).toBe(412);
    const key = `sign-${year}-key`;
    const first = await world.sign(enterprise, answered, { key });
    const again = await world.sign(enterprise, answered, { key });
    expect(again.body).toEqual(first.body);
    expect(await world.sign(enterprise, first.body)).toMatchObject({ status: 409, body: { code: 'wrong-state' } });
    expect(await cap()).toBe(800_000);

    const late = accepted(await world.answer(accepted(await world.place(enterprise, crm)), crm, '40000'));
    world.clock.at = noon(`${late.reservedUntil}`);
    expect(
      (await world.send('previewSigning', world.memberOf(enterprise), { params: { orderId: late.id } })).status,
    ).toBe(200);
    world.clock.at += 86_400_000;
    expect(await world.sign(enterprise, late)).toMatchObject({ status: 409, body: { code: 'reservation-ended' } });
    await holds();
  });

  test('of an order of another year is refused, and its reservation never crosses the year’s end', async () => {
    world.clock.at = noon(`${year}-12-28`);
    const placed = accepted(await world.place(enterprise, crm));
    expect(placed.reservedUntil).toBe(`${year}-12-31`);
    const answered = accepted(await world.answer(placed, crm, '40000'));
    world.clock.at = noon(`${year + 1}-01-01`);
    expect(await world.sign(enterprise, answered)).toMatchObject({ status: 409, body: { code: 'reservation-ended' } });
    expect(
      await world.send('previewSigning', world.memberOf(enterprise), { params: { orderId: placed.id } }),
    ).toMatchObject({ status: 409, body: { code: 'order-of-another-year' } });
  });

  test('is refused to an enterprise or a provider that is no longer certified', async () => {
    const answered = accepted(await world.answer(accepted(await world.place(enterprise, crm)), crm, '40000'));
    const seen = await world.store.get('organisation', { id: provider.id });
    if (!seen) throw new Error('provider');
    await world.seed({
      do: 'update',
      entity: 'organisation',
      value: { ...seen, version: 2, status: 'rejected' },
      audit: { action: 'reject' },
    });
    expect(await world.sign(enterprise, answered)).toMatchObject({
      status: 422,
      body: { code: 'provider-not-certified' },
    });
    await world.seed({
      do: 'update',
      entity: 'organisation',
      value: { ...enterprise, version: 2, status: 'rejected' },
      audit: { action: 'reject' },
    });
    expect(await world.sign(enterprise, answered)).toMatchObject({
      status: 422,
      body: { code: 'enterprise-not-certified' },
    });
    await holds();
  });

  test('counts a contract number of a provider once, ever', async () => {
    const contract = { contractNumber: `HT 100-${year}` };
    const one = accepted(
      await world.answer(
        accepted(await world.place(enterprise, crm, { use: 'amount', amount: '1' })),
        crm,
        '100',
        contract,
      ),
    );
    const two = accepted(
      await world.answer(
        accepted(await world.place(enterprise, crm, { use: 'amount', amount: '1' })),
        crm,
        '100',
        contract,
      ),
    );
    accepted(await world.sign(enterprise, one));
    expect(await world.sign(enterprise, two)).toMatchObject({
      status: 409,
      body: { code: 'contract-number-used', clause: '五-(三)' },
    });
    const third = accepted(await world.place(enterprise, crm, { use: 'amount', amount: '1' }));
    expect(await world.answer(third, crm, '100', { contractNumber: `ht100-${year}` })).toMatchObject({
      status: 409,
      body: { errors: [{ pointer: '/contractNumber' }] },
    });
    await holds();
  });
});

describe('the delivery', () => {
  beforeEach(() => {
    world.clock.at = noon(`${year}-03-02`);
  });
  const later = () => {
    world.clock.at = noon(`${year}-10-01`);
  };

  test('in full makes the voucher used', async () => {
    const signed = await world.signedOrder(enterprise, crm, '40000');
    expect(await world.deliver(enterprise, signed, { outcome: 'full' })).toMatchObject({
      status: 409,
      body: { code: 'service-not-started' },
    });
    later();
    const documentId = await world.document(enterprise, 'delivery-evidence');
    const delivered = accepted(await world.deliver(enterprise, signed, { outcome: 'full', documentId }));
    expect(delivered).toMatchObject({
      status: 'delivered',
      deliveredFee: '40000.00',
      deliveryDocumentId: documentId,
      voucher: { status: 'used', face: '8000.00' },
    });
    expect(await world.deliver(enterprise, delivered, { outcome: 'full' })).toMatchObject({
      status: 409,
      body: { code: 'wrong-state' },
    });
    await holds();
  });

  test('in part leaves the delivered part and gives the rest back', async () => {
    const lines = [
      { kind: 'business-management', description: 'ERP', listPrice: '20000', discount: '0' },
      { kind: 'database', description: 'DB', listPrice: '10000', discount: '0' },
    ];
    const signed = await world.signedOrder(enterprise, crm, '', { use: 'maximum' }, { lines });
    later();
    const part = { outcome: 'part', reason: '数据库未交付' };
    expect(await world.deliver(enterprise, signed, { ...part, deliveredFees: ['20000'] })).toMatchObject({
      status: 422,
      body: { code: 'delivery-lines-mismatch' },
    });
    expect(await world.deliver(enterprise, signed, { ...part, deliveredFees: ['20000.01', '0'] })).toMatchObject({
      status: 422,
      body: { code: 'delivered-above-fee' },
    });
    const delivered = accepted(await world.deliver(enterprise, signed, { ...part, deliveredFees: ['10000.03', '0'] }));
    expect(delivered).toMatchObject({
      status: 'partly-performed',
      deliveredFee: '10000.03',
      deliveredFees: ['10000.03', '0.00'],
      voucher: {
        status: 'used',
        face: '2000.00',
        issuedFace: '6500.00',
        parts: [{ specId: 'app', amount: '2000.00' }],
      },
    });
    expect(delivered.voucher.receipt.at(-1)).toMatchObject({ amount: '2000.00' });
    expect(await balances()).toMatchObject({ active: 200_000, available: 99_800_000 });
    expect(await spec('plt')).toMatchObject({ usedAmount: 0, usedCount: 0 });
    expect(await cap()).toBe(200_000);
    await holds();
  });

  test('of almost nothing leaves no voucher', async () => {
    const signed = await world.signedOrder(enterprise, crm, '40000');
    later();
    const delivered = accepted(
      await world.deliver(enterprise, signed, { outcome: 'part', deliveredFees: ['0.04'], reason: '仅开通' }),
    );
    expect(delivered.voucher.status).toBe('void');
    expect(await cap()).toBe(0);
    await holds();
  });

  test('that did not happen ends the voucher and gives everything back, its count too', async () => {
    const signed = await world.signedOrder(enterprise, crm, '40000');
    const ended = accepted(
      await world.deliver(enterprise, signed, { outcome: 'not-performed', reason: '服务商未开通' }),
    );
    expect(ended).toMatchObject({ status: 'not-performed', voucher: { status: 'void', endReason: '服务商未开通' } });
    expect(await balances()).toMatchObject({ available: 100_000_000, active: 0 });
    expect(await spec('app')).toMatchObject({ usedAmount: 0, usedCount: 0 });
    expect(await cap()).toBe(0);
    await holds();
  });

  test('needs evidence of the enterprise’s own, if any', async () => {
    const signed = await world.signedOrder(enterprise, crm, '40000');
    later();
    const documentId = await world.document(provider, 'delivery-evidence');
    expect(await world.deliver(enterprise, signed, { outcome: 'full', documentId })).toMatchObject({
      status: 422,
      body: { code: 'delivery-document-unusable' },
    });
    expect(
      (
        await world.send('confirmDelivery', world.memberOf(provider), {
          params: { orderId: signed.id },
          version: 3,
          body: { outcome: 'full' },
        })
      ).status,
    ).toBe(403);
  });
});

describe('reading', () => {
  test('members see their own orders and vouchers, staff those of a party, others nothing', async () => {
    const signed = await world.signedOrder(enterprise, crm, '40000');
    const other = await world.organisation('enterprise');
    const params = { orderId: signed.id };
    const voucher = { voucherId: signed.voucherId };
    for (const caller of [
      world.memberOf(enterprise),
      world.memberOf(provider),
      inspector,
      { sub: 'city', roles: ['city-reviewer'], jurisdiction: '150100' },
    ]) {
      expect((await world.send('readOrder', caller, { params })).body).toMatchObject({
        id: signed.id,
        voucher: { id: signed.voucherId },
      });
      expect((await world.send('readVoucher', caller, { params: voucher })).body.face).toBe('8000.00');
      expect(
        (await world.send('readOrderTrail', caller, { params })).body.items.map(
          ({ action }: { action: string }) => action,
        ),
      ).toEqual(['create', 'answer', 'sign']);
      expect((await world.send('readVoucherTrail', caller, { params: voucher })).body.items).toMatchObject([
        { action: 'create', toStatus: 'active' },
      ]);
    }
    for (const caller of [world.memberOf(other), { sub: 'city', roles: ['city-reviewer'], jurisdiction: '150200' }]) {
      expect((await world.send('readOrder', caller, { params })).status).toBe(404);
      expect((await world.send('readOrderTrail', caller, { params })).status).toBe(404);
      expect((await world.send('readVoucher', caller, { params: voucher })).status).toBe(404);
      expect((await world.send('readVoucherTrail', caller, { params: voucher })).status).toBe(404);
      expect((await world.send('previewSigning', caller, { params })).status).toBe(404);
    }
    expect((await world.sign(other, signed)).status).toBe(404);

    const ids = async (route: 'listOrders' | 'listVouchers', caller: Parameters<typeof world.send>[1], query = {}) =>
      (await world.send(route, caller, { query })).body.items.map(({ id }: { id: string }) => id);
    expect(await ids('listOrders', world.memberOf(enterprise))).toEqual([signed.id]);
    expect(await ids('listOrders', world.memberOf(provider))).toEqual([signed.id]);
    expect(await ids('listOrders', world.memberOf(other))).toEqual([]);
    expect(await ids('listVouchers', world.memberOf(enterprise))).toEqual([signed.voucherId]);
    expect(await ids('listVouchers', inspector, { providerId: provider.id })).toEqual([signed.voucherId]);
    expect(await ids('listOrders', inspector, { enterpriseId: enterprise.id })).toEqual([signed.id]);
    expect(
      (await world.send('listOrders', world.memberOf(other), { query: { enterpriseId: enterprise.id } })).status,
    ).toBe(404);
    expect(await world.send('listOrders', inspector)).toMatchObject({ status: 422, body: { code: 'party-required' } });
  });

  test('the public register names enterprises, vouchers and amounts, and no person', async () => {
    const signed = await world.signedOrder(enterprise, crm, '40000');
    const register = await world.send('readRegister', undefined, { query: { year: String(year) } });
    expect(register.headers['cache-control']).toBe('public, max-age=300');
    expect(register.body).toEqual({
      items: [
        {
          voucherNumber: signed.voucher.number,
          enterpriseName: enterprise.name,
          enterpriseUscc: enterprise.uscc,
          categories: ['business-application'],
          amount: '8000.00',
          status: 'active',
          activeOn: `${year}-03-02`,
        },
      ],
    });
    expect((await world.send('readRegister', undefined)).body.items).toHaveLength(1);
  });
});
