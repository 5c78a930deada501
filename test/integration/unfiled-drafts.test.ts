import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Voucher } from '../../core/orders/voucher.ts';
import { createSweep } from '../../functions/deadlines/sweep.ts';
import { type ClaimsWorld, claimsWorld, FACE, noon } from '../support/claims-world.ts';
import { type Engine, startEngine } from '../support/engine.ts';

let engine: Engine;
let world: ClaimsWorld;
beforeAll(async () => {
  engine = await startEngine();
  world = await claimsWorld(engine);
});
afterAll(() => engine.stop());

async function claimWith(vouchers: readonly Partial<Voucher>[]) {
  const provider = await world.organisation('provider');
  const caller = world.memberOf(provider);
  const claimId: string = (await world.send('openClaim', caller)).body.id;
  const claim = async () => (await world.send('readClaim', caller, { params: { claimId } })).body;
  const added = [];
  for (const voucher of vouchers) {
    const purchase = await world.purchase({ provider, voucher });
    const body = await world.evidence(purchase);
    const item = await world.send('addClaimItem', caller, { params: { claimId }, body });
    added.push({ purchase, itemId: String(item.body.id), invoice: body.invoices[0]?.number });
  }
  const file = async () => world.send('fileClaim', caller, { params: { claimId }, version: (await claim()).version });
  return { claimId, claim, file, added };
}

test('vouchers expire in a draft that was not filed in its window, with their money back, and in no filed claim', async () => {
  const draft = await claimWith([{}, {}, {}, { expiresOn: '2020-02-29' }]);
  const filed = await claimWith([{}]);
  expect((await filed.file()).status).toBe(200);
  const before = await world.store.fund(2019);
  const sweep = createSweep({ store: world.store, ports: world.ports, now: () => world.clock.at });
  const sweepOn = async (date: string) => {
    world.clock.at = noon(date);
    return sweep({}, { awsRequestId: `sweep-${date}` });
  };
  const statuses = ({ added }: typeof draft) =>
    Promise.all(added.map(async ({ purchase: { voucher } }) => (await world.store.get('voucher', voucher))?.status));

  // Past their own last day, but the draft can still be filed.
  expect(await sweepOn('2019-12-31')).toMatchObject({ voucher: 0, failed: 0 });
  expect(await sweepOn('2020-01-01')).toMatchObject({ voucher: 3, failed: 0 });
  expect(await sweepOn('2020-01-02')).toMatchObject({ voucher: 0, failed: 0 });
  expect(await statuses(draft)).toEqual(['expired', 'expired', 'expired', 'claimed']);
  expect(await statuses(filed)).toEqual(['claimed']);
  expect(await draft.claim()).toMatchObject({ status: 'draft', itemCount: 1 });
  const [first] = draft.added;
  expect(await world.store.get('claimItem', { claimId: draft.claimId, id: first?.itemId ?? '' })).toMatchObject({
    status: 'withdrawn',
  });
  expect(await world.store.uniqueOwner('invoice', `1500191130#${first?.invoice}`)).toBeUndefined();
  const after = await world.store.fund(2019);
  expect([after.available - before.available, before.active - after.active]).toEqual([3 * FACE, 3 * FACE]);
  expect(await world.store.capUsed(2019, first?.purchase.buyer.uscc ?? '')).toBe(0);
});
