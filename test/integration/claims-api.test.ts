import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finishItemChanges } from '../../core/claims/finish-item.ts';
import { lapseTask } from '../../core/inbox/open-task.ts';
import { fen } from '../../core/money/money.ts';
import { ITEMS_PER_PAGE } from '../../core/usecases/claims/audit-workflow.ts';
import {
  auditor,
  type ClaimsWorld,
  claimsWorld,
  FACE,
  inspector,
  newId,
  noon,
  otherAuditor,
} from '../support/claims-world.ts';
import { type Engine, startEngine } from '../support/engine.ts';

let engine: Engine;
let world: ClaimsWorld;
beforeAll(async () => {
  engine = await startEngine();
  world = await claimsWorld(engine);
  for (const who of [auditor, otherAuditor]) {
    const declared = await world.send('declareConflicts', who, {
      body: { organisationIds: [], statement: '无利害关系' },
    });
    expect(declared.status).toBe(200);
  }
});
afterAll(() => engine.stop());

/** A provider of its own with an opened claim, so that cases do not meet. */
async function ownClaim() {
  const provider = await world.organisation('provider');
  const caller = world.memberOf(provider);
  const opened = await world.send('openClaim', caller);
  expect(opened.status).toBe(201);
  const claimId: string = opened.body.id;
  const add = async (more: Parameters<ClaimsWorld['purchase']>[0] = {}) => {
    const purchase = await world.purchase({ provider, ...more });
    const body = await world.evidence(purchase);
    const added = await world.send('addClaimItem', caller, { params: { claimId }, body });
    return { purchase, body, added };
  };
  const claim = async () => (await world.send('readClaim', caller, { params: { claimId } })).body;
  const item = async (itemId: string) =>
    (await world.send('readClaimItem', caller, { params: { claimId, itemId } })).body;
  const file = async () => world.send('fileClaim', caller, { params: { claimId }, version: (await claim()).version });
  const audit = async (itemId: string, body: unknown, who = auditor) =>
    world.send('auditItem', who, { params: { claimId, itemId }, body, version: (await item(itemId)).version });
  const complete = async (who = auditor) =>
    world.send('completeAudit', who, { params: { claimId }, version: (await claim()).version });
  const filed = async (count = 1, more: Parameters<typeof add>[0] = {}) => {
    const items: string[] = [];
    for (let i = 0; i < count; i++) items.push((await add(more)).added.body.id);
    expect((await file()).status).toBe(200);
    return items;
  };
  return { provider, caller, claimId, add, claim, item, file, audit, complete, filed };
}

const codes = (answer: { body: { errors?: { pointer: string; code: string }[] } }) =>
  answer.body.errors?.map(({ pointer, code }) => `${pointer} ${code}`);

describe('a redemption claim from draft to publicity', () => {
  it('is audited item by item, cut for quality after the hearing, and goes to publicity with its total', async () => {
    const { caller, claimId, filed, claim, item, audit, complete } = await ownClaim();
    const [good = '', poor = '', dear = ''] = await filed(3);
    expect(await claim()).toMatchObject({ status: 'under-audit', round: 1, itemCount: 3, asked: '60000.00' });
    const execution = await world.openAudit(claimId);
    expect(await item(good)).toMatchObject({ status: 'filed', findings: [] });

    expect((await audit(good, { outcome: 'approve' })).body).toMatchObject({
      status: 'approved',
      audit: { approved: '20000.00' },
    });
    const cut = await audit(poor, {
      outcome: 'reduce',
      reasonCode: 'quality-problem',
      severity: 'minor',
      note: '响应慢',
    });
    expect(cut.body.audit).toMatchObject({ approved: '18000.00', severity: 'minor', hearingUntil: '2019-11-12' });
    expect(JSON.stringify(cut.body)).not.toContain(auditor.sub);
    expect((await complete()).body).toMatchObject({ code: 'audit-incomplete', clause: '七-(一)' });
    expect((await audit(dear, { outcome: 'reject', reasonCode: 'price-above-market' }, otherAuditor)).body.status).toBe(
      'rejected',
    );

    expect((await complete()).body).toMatchObject({ status: 409, code: 'hearing-open' });
    const heard = await world.send('hearProvider', caller, {
      params: { claimId, itemId: poor },
      body: { statement: '已整改' },
      version: (await item(poor)).version,
    });
    expect(heard.body.hearing).toMatchObject({ statement: '已整改', proposed: '18000.00' });
    const again = await world.send('hearProvider', caller, {
      params: { claimId, itemId: poor },
      body: { statement: '再说' },
      version: heard.body.version,
    });
    expect(again.body.code).toBe('nothing-to-hear');

    const completed = await complete();
    expect(completed.status).toBe(200);
    expect((await audit(good, { outcome: 'reject', reasonCode: 'not-used' })).body.code).toBe('audit-completed');
    expect(await world.store.get('task', { id: execution.decision.taskId })).toMatchObject({
      status: 'decided',
      decision: { outcome: 'completed', decidedBy: auditor.sub },
    });
    expect(await world.step('apply-audit', execution)).toEqual({ claimId, next: 'audited' });
    expect(await claim()).toMatchObject({ status: 'in-publicity', approved: '38000.00' });
    expect(await world.store.get('claim', { id: claimId })).toMatchObject({
      auditors: [auditor.sub, otherAuditor.sub],
      auditorSub: auditor.sub,
    });

    const trail = await world.send('readClaimTrail', inspector, { params: { claimId }, query: { limit: '100' } });
    expect(trail.body.items.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining([
        'create',
        'add-item',
        'file',
        'open-audit',
        'audit-reduce',
        'hear',
        'complete-audit',
        'publicise',
      ]),
    );
  });

  it('goes back with only the faulty items open, and round two keeps the other words', async () => {
    const { caller, claimId, filed, claim, item, audit, complete, file, add } = await ownClaim();
    const [good = '', faulty = ''] = await filed(2);
    const execution = await world.openAudit(claimId);
    await audit(good, { outcome: 'approve' });
    const sentBack = await audit(faulty, {
      outcome: 'return',
      reasons: [{ pointer: '/invoices/0', reasonCode: 'illegible', note: '看不清' }],
    });
    expect(sentBack.body).toMatchObject({
      status: 'returned',
      audit: { reasons: [{ pointer: '/invoices/0', reasonCode: 'illegible' }] },
    });
    expect((await complete()).status).toBe(200);
    expect(await world.step('apply-audit', execution)).toMatchObject({ next: 'returned' });
    expect((await claim()).status).toBe('returned');

    expect(codes(await file())).toEqual([`/items/${faulty} item-not-corrected`]);
    expect((await add()).added.body.code).toBe('wrong-state');
    const { voucherId: _, ...body } = await world.evidence(await world.purchase({}));
    const closed = await world.send('changeClaimItem', caller, {
      params: { claimId, itemId: good },
      body,
      version: (await item(good)).version,
    });
    expect(closed.body.code).toBe('wrong-state');

    const before = await item(faulty);
    const { invoices, transfers, usage } = before;
    const corrected = { invoices, transfers, usage: { ...usage, summary: '更清楚的说明' } };
    const changed = await world.send('changeClaimItem', caller, {
      params: { claimId, itemId: faulty },
      body: corrected,
      version: before.version,
    });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ status: 'returned', usage: { summary: '更清楚的说明' } });
    expect((await file()).body).toMatchObject({ status: 'under-audit', round: 2 });
    expect((await audit(faulty, { outcome: 'approve' })).body.code).toBe('audit-not-open');

    const second = await world.openAudit(claimId, 2);
    expect((await item(good)).status).toBe('approved');
    expect(await item(faulty)).not.toHaveProperty('audit');
    await audit(faulty, { outcome: 'approve' });
    expect((await complete()).status).toBe(200);
    expect(await world.step('apply-audit', second)).toMatchObject({ next: 'audited' });
    expect(await claim()).toMatchObject({ status: 'in-publicity', approved: '40000.00' });
  });

  it('stays with the auditors when they are late, and says who was', async () => {
    const { claimId, filed, audit, complete, claim } = await ownClaim();
    const [only = ''] = await filed();
    const { decision, ...round } = await world.openAudit(claimId);
    const task = await world.store.get('task', { id: decision.taskId });
    expect(task).toMatchObject({ kind: 'claim-audit', role: 'auditor', dueOn: '2019-11-19', excluded: [] });
    if (!task) throw new Error('no task');
    await audit(only, { outcome: 'approve' });
    await world.seed(...lapseTask(task, { at: world.clock.at, newId }));
    expect((await complete()).body.code).toBe('audit-not-open');
    const late = await world.step(
      'escalate-audit',
      { ...round, decision: { ...decision, outcome: 'overdue' } },
      'token-2',
    );
    const again = await world.store.get('task', { id: String(late.taskId) });
    expect([again?.dueOn, again?.expectedBy]).toEqual([undefined, '2019-11-19']);
    expect(await claim()).toMatchObject({ status: 'under-audit', auditBy: '2019-11-19' });
    expect(await world.store.get('claim', { id: claimId })).toMatchObject({ lateAuditors: [auditor.sub] });
    expect((await complete()).status).toBe(200);
    await world.step('apply-audit', { ...round, decision: { taskId: String(late.taskId), outcome: 'completed' } });
    const audited = await claim();
    expect(audited.status).toBe('in-publicity');
    expect(audited).not.toHaveProperty('auditBy');
  });

  it('lets a deduction stand when the time for the hearing has passed', async () => {
    const { claimId, filed, audit, complete } = await ownClaim();
    const [only = ''] = await filed();
    await world.openAudit(claimId);
    const cut = { outcome: 'reduce', reasonCode: 'amounts-do-not-add-up', recognisedFee: '99999.99' };
    expect((await audit(only, cut)).body.audit).toMatchObject({ approved: '19999.99', hearingUntil: '2019-11-12' });
    const { at } = world.clock;
    world.clock.at = noon('2019-11-12');
    expect((await complete()).body.code).toBe('hearing-open');
    world.clock.at = noon('2019-11-13');
    expect((await complete()).status).toBe(200);
    world.clock.at = at;
  });

  it('is completed once, however many auditors press at the same moment', async () => {
    const { claimId, filed, audit, complete } = await ownClaim();
    const [only = ''] = await filed();
    await world.openAudit(claimId);
    await audit(only, { outcome: 'approve' });
    const answers = await Promise.all([complete(auditor), complete(otherAuditor), complete(auditor)]);
    expect(answers.map(({ body }) => body.code ?? 'completed').sort()).toEqual([
      'audit-completed',
      'audit-completed',
      'completed',
    ]);
  });

  it('renews the token when opening the audit is tried again, without a second task', async () => {
    const { claimId, filed } = await ownClaim();
    await filed();
    await world.step('take-in-items', { claimId, round: 1 });
    const visit = { entered: 'the same visit' };
    const first = await world.step('open-audit', { claimId, round: 1 }, 'token-1', visit);
    const second = await world.step('open-audit', { claimId, round: 1 }, 'token-2', visit);
    expect(second).toEqual(first);
    expect(await world.store.get('task', { id: String(first.taskId) })).toMatchObject({
      token: 'token-2',
      status: 'open',
    });
    expect(await world.store.get('claim', { id: claimId })).toMatchObject({ taskId: first.taskId });
  });

  it('takes a claim in over several pages when it is longer than one', async () => {
    const { claimId, filed, item } = await ownClaim();
    const items = await filed(ITEMS_PER_PAGE + 1);
    expect(await world.step('take-in-items', { claimId, round: 1 })).toMatchObject({ next: 'more' });
    expect(await world.step('take-in-items', { claimId, round: 1 })).toMatchObject({ next: 'audit' });
    for (const id of items) expect(await item(id)).toMatchObject({ status: 'filed', findings: [] });
  });
});

describe('what is refused while a claim is drawn up', () => {
  it('allows one claim per provider and window, inside the window only', async () => {
    const { caller } = await ownClaim();
    expect((await world.send('openClaim', caller)).body).toMatchObject({ status: 409, code: 'claim-exists' });
    const early = await world.organisation('provider');
    const { at } = world.clock;
    for (const [date, status] of [
      ['2019-10-31', 422],
      ['2020-01-01', 422],
      ['2019-12-31', 201],
    ] as const) {
      world.clock.at = noon(date);
      expect((await world.send('openClaim', world.memberOf(early))).status).toBe(status);
    }
    world.clock.at = at;
  });

  it('takes used vouchers of its own, once, valid, and not of a later year', async () => {
    const { add, claimId, caller } = await ownClaim();
    const { added, body } = await add();
    expect(added.status).toBe(201);
    expect(await world.store.get('voucher', { id: body.voucherId })).toMatchObject({
      status: 'claimed',
      claimId,
      claimItemId: added.body.id,
    });
    const twice = await world.send('addClaimItem', caller, { params: { claimId }, body });
    expect(twice.body).toMatchObject({ code: 'voucher-not-claimable' });
    expect((await add({ voucher: { status: 'active' } })).added.body.code).toBe('voucher-not-claimable');
    expect((await add({ voucher: { year: 2020 } })).added.body.code).toBe('voucher-of-later-year');
    expect((await add({ voucher: { expiresOn: '2019-11-04' } })).added.body.code).toBe('voucher-past-validity');
    const foreign = await world.evidence(await world.purchase({}));
    expect((await world.send('addClaimItem', caller, { params: { claimId }, body: foreign })).status).toBe(404);
  });

  it('counts an invoice and a bank serial once, ever, also in another claim (clause 五-(三))', async () => {
    const first = await (await ownClaim()).add();
    const { caller, claimId, provider } = await ownClaim();
    const own = await world.evidence(await world.purchase({ provider }));
    const stolen = {
      ...own,
      invoices: own.invoices.map((invoice) => ({ ...invoice, number: first.body.invoices[0]?.number })),
      transfers: own.transfers.map((transfer) => ({
        ...transfer,
        serial: first.body.transfers[0]?.serial.toLowerCase(),
      })),
    };
    const refused = await world.send('addClaimItem', caller, { params: { claimId }, body: stolen });
    expect(refused).toMatchObject({ status: 409, body: { code: 'invoice-already-used', clause: '五-(三)' } });
    expect(codes(refused)).toEqual([
      '/invoices/0/number invoice-already-used',
      '/transfers/0/serial bank-serial-already-used',
    ]);
    expect(await world.store.get('voucher', { id: own.voucherId })).toMatchObject({ status: 'used' });
  });

  it('counts a fully digital invoice by its number alone, whatever code is written beside it (clause 五-(三))', async () => {
    const number = '25152000000012345678';
    const claimWith = async (code: string) => {
      const { caller, claimId, provider } = await ownClaim();
      const body = await world.evidence(await world.purchase({ provider }));
      const invoices = body.invoices.map((invoice) => ({ ...invoice, code, number }));
      return world.send('addClaimItem', caller, { params: { claimId }, body: { ...body, invoices } });
    };
    expect((await claimWith('')).status).toBe(201);
    expect(codes(await claimWith('1500191130'))).toEqual(['/invoices/0/number invoice-already-used']);
  });

  it('gives back a mistyped invoice number when the provider corrects its draft, so that its owner can use it (clause 五-(三))', async () => {
    const first = await ownClaim();
    const { added, body } = await first.add();
    const mistyped = body.invoices[0]?.number;
    const other = await ownClaim();
    const purchase = await world.purchase({ provider: other.provider });
    const evidence = await world.evidence(purchase);
    const invoices = evidence.invoices.map((invoice) => ({
      ...invoice,
      number: String(mistyped),
      code: body.invoices[0]?.code ?? '',
    }));
    const claiming = () =>
      world.send('addClaimItem', other.caller, { params: { claimId: other.claimId }, body: { ...evidence, invoices } });
    expect((await claiming()).body.code).toBe('invoice-already-used');
    const { voucherId: _voucher, ...rest } = body;
    const corrected = await world.send('changeClaimItem', first.caller, {
      params: { claimId: first.claimId, itemId: added.body.id },
      version: added.body.version,
      body: { ...rest, invoices: rest.invoices.map((invoice) => ({ ...invoice, number: '99990001' })) },
    });
    expect(corrected.status).toBe(200);
    expect((await claiming()).status).toBe(201);
  });

  it('lets one of two claims have an invoice that both file at the same moment', async () => {
    const [a, b] = [await ownClaim(), await ownClaim()];
    const bodies = [
      await world.evidence(await world.purchase({ provider: a.provider })),
      await world.evidence(await world.purchase({ provider: b.provider })),
    ] as const;
    const invoices = bodies[1].invoices.map((invoice) => ({ ...invoice, number: bodies[0].invoices[0]?.number }));
    const answers = await Promise.all([
      world.send('addClaimItem', a.caller, { params: { claimId: a.claimId }, body: bodies[0] }),
      world.send('addClaimItem', b.caller, { params: { claimId: b.claimId }, body: { ...bodies[1], invoices } }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('makes a file that was brought before a finding, not a refusal', async () => {
    const { add, caller, claimId, provider } = await ownClaim();
    const first = await add();
    const own = await world.evidence(await world.purchase({ provider }));
    const reused = { ...own, usage: { ...own.usage, documentId: first.body.usage.documentId } };
    const added = await world.send('addClaimItem', caller, { params: { claimId }, body: reused });
    expect(added.status).toBe(201);
    expect(added.body.findings).toMatchObject([
      { rule: 'evidence-used-elsewhere', pointer: '/usage/documentId', clause: '五-(三)' },
    ]);
  });

  it('refuses files that are foreign, of another purpose or unknown, and usage that ends before it begins', async () => {
    const { caller, claimId, provider } = await ownClaim();
    const body = await world.evidence(await world.purchase({ provider }));
    const foreign = await world.document(world.provider, 'usage-report');
    const refused = await world.send('addClaimItem', caller, {
      params: { claimId },
      body: {
        ...body,
        invoices: body.invoices.map((invoice) => ({ ...invoice, documentId: newId('doc') })),
        transfers: body.transfers.map((transfer) => ({ ...transfer, documentId: body.usage.documentId })),
        usage: { ...body.usage, from: '2019-05-02', to: '2019-05-01', documentId: foreign },
      },
    });
    expect(codes(refused)).toEqual([
      '/usage/to usage-period-reversed',
      '/invoices/0/documentId evidence-document-unusable',
      '/transfers/0/documentId evidence-document-unusable',
      '/usage/documentId evidence-document-unusable',
    ]);
  });

  it('shows findings to the provider before filing', async () => {
    const { add } = await ownClaim();
    const { added } = await add({ marketPrice: 900_000 });
    expect(added.body.findings).toMatchObject([{ rule: 'item-price-above-market', clause: '七-(二)' }]);
  });

  it('wants transfers over the own share that voucher and local top-ups leave (clause 一-(三))', async () => {
    const { caller, claimId, add, item } = await ownClaim();
    const topUp = {
      policyId: 'lpl_1',
      name: { zh: '配套补助', en: 'Top-up' },
      basis: 'fee' as const,
      ratio: '0.05',
      categories: ['business-application' as const],
      priority: 1,
      amount: fen(500_000),
      trace: [],
    };
    const { added, body } = await add({ voucher: { localTopUps: [topUp] } });
    expect(added.body.findings).toMatchObject([
      { rule: 'transfers-total-differs', clause: '一-(三)', zh: expect.stringContaining('企业自付 75000.00 元') },
    ]);
    const { voucherId: _, ...whole } = body;
    const changed = await world.send('changeClaimItem', caller, {
      params: { claimId, itemId: added.body.id },
      version: added.body.version,
      body: { ...whole, transfers: whole.transfers.map((transfer) => ({ ...transfer, amount: '75000.00' })) },
    });
    expect(changed.status).toBe(200);
    expect((await item(added.body.id)).findings).toEqual([]);
  });

  it('files only a complete claim, in the window, as it was last seen', async () => {
    const { caller, claimId, provider, file, claim } = await ownClaim();
    expect((await file()).body.code).toBe('claim-empty');
    const body = await world.evidence(await world.purchase({ provider }));
    const { usage: _usage, ...incomplete } = { ...body, transfers: [] };
    const added = await world.send('addClaimItem', caller, { params: { claimId }, body: incomplete });
    expect(added.status).toBe(201);
    expect(codes(await file())).toEqual([
      `/items/${added.body.id}/transfers evidence-missing`,
      `/items/${added.body.id}/usage evidence-missing`,
    ]);
    const { voucherId: _, ...whole } = body;
    const changed = await world.send('changeClaimItem', caller, {
      params: { claimId, itemId: added.body.id },
      body: whole,
      version: 1,
    });
    expect(changed.status).toBe(200);
    const stale = await world.send('fileClaim', caller, { params: { claimId }, version: 1 });
    expect(stale).toMatchObject({ status: 412, body: { currentVersion: (await claim()).version } });
    expect((await world.send('fileClaim', caller, { params: { claimId } })).status).toBe(428);
    const { at } = world.clock;
    world.clock.at = noon('2020-01-01');
    expect((await file()).body.code).toBe('claim-window-closed');
    world.clock.at = at;
    expect((await file()).status).toBe(200);
    expect((await file()).body.code).toBe('wrong-state');
  });

  it('gives a voucher back when its item is taken out, and takes it in again with the same invoice', async () => {
    const { add, caller, claimId, claim } = await ownClaim();
    const { added, body } = await add();
    const removed = await world.send('withdrawClaimItem', caller, {
      params: { claimId, itemId: added.body.id },
      version: 1,
    });
    expect(removed.body.status).toBe('withdrawn');
    expect(await world.store.get('voucher', { id: body.voucherId })).not.toHaveProperty('claimId');
    expect(await claim()).toMatchObject({ itemCount: 0, asked: '0.00' });
    const back = await world.send('addClaimItem', caller, { params: { claimId }, body });
    expect(back).toMatchObject({ status: 201, body: { id: added.body.id, version: 3, status: 'draft' } });
    expect(await claim()).toMatchObject({ itemCount: 1, asked: '20000.00' });
  });
});

describe('who may do what', () => {
  it('hides claims from other providers and from those without a role', async () => {
    const { claimId } = await ownClaim();
    const stranger = world.memberOf(world.provider);
    expect((await world.send('readClaim', stranger, { params: { claimId } })).status).toBe(404);
    expect((await world.send('listClaimItems', stranger, { params: { claimId } })).status).toBe(404);
    expect((await world.send('fileClaim', stranger, { params: { claimId }, version: 1 })).status).toBe(404);
    expect((await world.send('readClaim', undefined, { params: { claimId } })).status).toBe(401);
    expect((await world.send('openClaim', world.memberOf(world.enterprise))).status).toBe(403);
    expect(
      (
        await world.send(
          'readClaim',
          { sub: 'c', roles: ['city-reviewer'], jurisdiction: '150100' },
          { params: { claimId } },
        )
      ).status,
    ).toBe(403);
  });

  it('bars an auditor without a declaration, one that declared a relation, and a member of an enterprise', async () => {
    const { claimId, filed, audit, complete, provider } = await ownClaim();
    const [only = ''] = await filed(1, { enterprise: world.enterprise });
    await world.openAudit(claimId);
    const undeclared = { sub: 'auditor-3', roles: ['auditor'] };
    expect((await audit(only, { outcome: 'approve' }, undeclared)).body).toMatchObject({
      status: 403,
      code: 'declaration-required',
    });
    await world.send('declareConflicts', undeclared, { body: { organisationIds: [provider.id], statement: '持股' } });
    expect((await audit(only, { outcome: 'approve' }, undeclared)).body).toMatchObject({
      status: 403,
      code: 'conflict-of-interest',
    });
    expect((await complete(undeclared)).body.code).toBe('conflict-of-interest');
    const insider = { sub: `user-${world.enterprise.id}`, roles: ['auditor'] };
    await world.send('declareConflicts', insider, { body: { organisationIds: [], statement: '无' } });
    expect((await audit(only, { outcome: 'approve' }, insider)).body.code).toBe('conflict-of-interest');
    const unknown = await world.send('declareConflicts', undeclared, {
      body: { organisationIds: [newId('org')], statement: '无' },
    });
    expect(codes(unknown)).toEqual(['/organisationIds/0 declared-organisation-unknown']);
    expect((await world.send('readDeclaration', undeclared)).body).toMatchObject({
      organisationIds: [provider.id],
      version: 1,
    });
    expect((await world.send('readDeclaration', { sub: 'auditor-4', roles: ['auditor'] })).status).toBe(404);
  });

  it('lists a provider its own claims and staff those of a year', async () => {
    const { caller, claimId } = await ownClaim();
    const own = await world.send('listClaims', caller);
    expect(own.body.items.map(({ id }: { id: string }) => id)).toEqual([claimId]);
    expect((await world.send('listClaims', inspector, { query: { year: '2020' } })).body.items).toEqual([]);
    const year = await world.send('listClaims', inspector, { query: { limit: '100' } });
    expect(year.body.items.length).toBeGreaterThan(1);
  });
});

describe('bad requests change nothing', () => {
  it('answers bad fields with their pointers', async () => {
    const { caller, claimId, provider } = await ownClaim();
    const body = await world.evidence(await world.purchase({ provider }));
    const bad = {
      ...body,
      extra: 1,
      invoices: body.invoices.map((invoice) => ({
        ...invoice,
        amount: '1.234',
        issuedOn: '2019-02-30',
        buyerUscc: '91150100000000016Y',
        number: 'x',
      })),
    };
    const refused = await world.send('addClaimItem', caller, { params: { claimId }, body: bad });
    expect(refused.status).toBe(422);
    expect(
      codes(refused)
        ?.map((code) => code.split(' ')[0])
        .sort(),
    ).toEqual(['/extra', '/invoices/0/amount', '/invoices/0/buyerUscc', '/invoices/0/issuedOn', '/invoices/0/number']);
    expect(await world.store.get('voucher', { id: body.voucherId })).toMatchObject({ status: 'used', version: 1 });
  });

  it('refuses verdicts that do not fit', async () => {
    const { claimId, filed, audit } = await ownClaim();
    const [only = ''] = await filed();
    await world.openAudit(claimId);
    expect((await audit(only, { outcome: 'reject', reasonCode: 'because' })).status).toBe(422);
    expect((await audit(only, { outcome: 'approve', approved: '1.00' })).status).toBe(422);
    expect(
      codes(await audit(only, { outcome: 'return', reasons: [{ pointer: '/asked', reasonCode: 'illegible' }] })),
    ).toEqual(['/reasons/0 correction-reason-unknown']);
    expect((await audit(only, { outcome: 'reduce', reasonCode: 'quality-problem' })).body.code).toBe(
      'deduction-basis-required',
    );
    const stale = await world.send('auditItem', auditor, {
      params: { claimId, itemId: only },
      body: { outcome: 'approve' },
      version: 9,
    });
    expect(stale.status).toBe(412);
  });
});

describe('repeated requests', () => {
  it('have one effect and one answer, on every command', async () => {
    const provider = await world.organisation('provider');
    const caller = world.memberOf(provider);
    let requests = 0;
    const twice = async (...[route, who, what = {}]: Parameters<ClaimsWorld['send']>) => {
      requests += 1;
      const key = `replay-key-${requests}`;
      const first = await world.send(route, who, { ...what, key });
      const second = await world.send(route, who, { ...what, key });
      expect([route, first.status < 300]).toEqual([route, true]);
      expect(second.body).toEqual(first.body);
      expect(second.headers['idempotency-replayed']).toBe('true');
      return first.body;
    };
    const { id: claimId } = await twice('openClaim', caller);
    const body = await world.evidence(await world.purchase({ provider }));
    const added = await twice('addClaimItem', caller, { params: { claimId }, body });
    const ids = { claimId, itemId: added.id };
    await twice('withdrawClaimItem', caller, { params: ids, version: 1 });
    await twice('addClaimItem', caller, { params: { claimId }, body });
    const { voucherId: _, ...evidence } = body;
    await twice('changeClaimItem', caller, { params: ids, body: evidence, version: 3 });
    await twice('fileClaim', caller, { params: { claimId }, version: 4 });
    const execution = await world.openAudit(claimId);
    await twice('declareConflicts', auditor, { body: { organisationIds: [], statement: '无利害关系' } });
    const cut = await twice('auditItem', auditor, {
      params: ids,
      body: { outcome: 'reduce', reasonCode: 'quality-problem', severity: 'serious' },
      version: 5,
    });
    await twice('hearProvider', caller, { params: ids, body: { statement: '同意' }, version: cut.version });
    await twice('completeAudit', auditor, { params: { claimId }, version: 7 });
    await world.step('apply-audit', execution);
    expect(await world.store.get('claim', { id: claimId })).toMatchObject({
      status: 'in-publicity',
      approved: FACE / 2,
      version: 9,
    });
  });
});

describe('the end of publicity for an item', () => {
  it('makes an approved item final, and gives the money of a refused one back to fund and spec, not to the cap', async () => {
    const { claimId, filed, audit } = await ownClaim();
    const [good = '', bad = ''] = await filed(2, { enterprise: world.enterprise });
    await world.openAudit(claimId);
    await audit(good, { outcome: 'approve' });
    await audit(bad, { outcome: 'reject', reasonCode: 'sham-service' });
    const before = {
      fund: await world.store.fund(2019),
      spec: await world.store.spec(2019, 'spec-business'),
      cap: await world.store.capUsed(2019, world.enterprise.uscc),
    };
    const finish = async (itemId: string) => {
      const item = await world.store.get('claimItem', { claimId, id: itemId });
      const voucher = item && (await world.store.get('voucher', { id: item.voucherId }));
      if (!item || !voucher) throw new Error('no item');
      await world.seed(
        ...finishItemChanges(item, voucher, {
          at: world.clock.at,
          actor: { sub: 'system:publicity-window', role: 'system' },
        }),
      );
      return {
        item: await world.store.get('claimItem', { claimId, id: itemId }),
        voucher: await world.store.get('voucher', { id: voucher.id }),
      };
    };
    expect(await finish(good)).toMatchObject({
      item: { status: 'final', payable: FACE },
      voucher: { status: 'claimed' },
    });
    expect(await finish(bad)).toMatchObject({
      item: { status: 'refused' },
      voucher: { status: 'refused', endReason: 'sham-service' },
    });
    const fund = await world.store.fund(2019);
    expect(fund).toMatchObject({ active: before.fund.active - FACE, available: before.fund.available + FACE });
    const spec = await world.store.spec(2019, 'spec-business');
    expect(spec).toMatchObject({
      leftAmount: (before.spec?.leftAmount ?? 0) + FACE,
      leftCount: before.spec?.leftCount,
    });
    expect(await world.store.capUsed(2019, world.enterprise.uscc)).toBe(before.cap);
  });
});
