import { catalogueRoutes } from '../../contracts/catalogue.ts';
import { claimsRoutes } from '../../contracts/claims.ts';
import { ordersRoutes } from '../../contracts/orders.ts';
import { payoutsRoutes } from '../../contracts/payouts.ts';
import { planRoutes } from '../../contracts/plan.ts';
import { publicityRoutes } from '../../contracts/publicity.ts';
import { recoveriesRoutes } from '../../contracts/recoveries.ts';
import { addDays, businessDate, startOfDay } from '../../core/calendar/business-date.ts';
import { fen, formatYuan } from '../../core/money/money.ts';
import { fenOf } from '../../demo/business.ts';
import { decide, taskAbout, type Verdict } from '../../demo/cast.ts';
import type { Json } from '../../demo/client.ts';
import { answerBank, approvePayout, orderPayout, payoutWhen } from '../../demo/payment.ts';
import { until } from '../../demo/until.ts';
import type { ProviderWorld } from './provider-world.ts';

const HOUR = 3_600_000;

/** What everybody else does in the meantime, over the API: review, sign, audit, publicise, pay. */
export function partnersOf({ system, year, grassland, mine }: ProviderWorld) {
  const auditor = system.person('auditor');
  const finance = system.person('finance');
  const versionWhen = (params: { offeringId: string; number: number }, status: string) =>
    until(`version ${params.number} is ${status}`, async () => {
      const version = await grassland.person.do(catalogueRoutes.readVersion, { params });
      return version.status === status || undefined;
    });
  const itemsOf = async (claimId: string): Promise<readonly Json[]> =>
    (await auditor.do(claimsRoutes.listClaimItems, { params: { claimId }, query: { limit: 100 } })).items;
  return {
    /** Decides on the latest version of an offering, and waits until it is told. */
    async review(offeringId: string, number: number, verdict: Verdict) {
      await decide(system.person('officer'), offeringId, verdict, 'offering-review');
      await versionWhen({ offeringId, number }, verdict.outcome === 'approve' ? 'published' : 'returned');
    },
    async signAndConfirm(orderId: string) {
      const params = { orderId };
      const { version } = await mine.person.do(ordersRoutes.readOrder, { params });
      const signed = await mine.person.do(ordersRoutes.signOrder, { params, version });
      const delivered = await mine.person.do(ordersRoutes.confirmDelivery, {
        params,
        version: signed.version,
        body: { outcome: 'full' },
      });
      return delivered.voucher as Json;
    },
    /** A word on each item, by its voucher; `undefined` leaves the word of the round before. */
    async audit(claimId: string, verdictOf: (voucherId: string) => object | undefined) {
      await taskAbout(auditor, claimId, 'claim-audit');
      for (const item of await itemsOf(claimId)) {
        const body = verdictOf(item.voucherId);
        if (!body) continue;
        await auditor.do(claimsRoutes.auditItem, {
          params: { claimId, itemId: item.id },
          version: item.version,
          body,
        });
      }
    },
    async declare() {
      await auditor.do(claimsRoutes.declareConflicts, {
        body: { organisationIds: [], statement: '与本年度申报单位无利害关系。' },
      });
    },
    /** Ends the round; waits until the claim is where it goes. */
    async completeAudit(claimId: string, status: string) {
      const params = { claimId };
      const { version } = await auditor.do(claimsRoutes.readClaim, { params });
      await auditor.do(claimsRoutes.completeAudit, { params, version });
      return until(`the claim is ${status}`, async () => {
        const claim = await auditor.do(claimsRoutes.readClaim, { params });
        return claim.status === status && (status !== 'in-publicity' || claim.noticeId) ? claim : undefined;
      });
    },
    /** The window passes without an objection. */
    async passPublicity(claimId: string, noticeId: string) {
      const notice = await auditor.do(publicityRoutes.readNotice, { params: { noticeId } });
      await system.clock.advanceTo(startOfDay(addDays(businessDate(notice.lastDay), 1)) + 9 * HOUR);
      await until('the claim is final', async () => {
        const { status } = await auditor.do(claimsRoutes.readClaim, { params: { claimId } });
        return status === 'final' || undefined;
      });
    },
    /** The appropriation is cut below what is committed, by this much. */
    async cutBelowCommitments(by: string) {
      const params = { year };
      const { balances } = await finance.do(planRoutes.readFund, { params });
      const plan = await finance.do(planRoutes.readPlanDraft, { params });
      const appropriation = formatYuan(fen(fenOf(plan.appropriation) - fenOf(balances.available) - fenOf(by)));
      const proposed = await system.person('officer').do(planRoutes.proposeAppropriation, {
        params,
        version: plan.version,
        body: { appropriation, reason: '财政压减' },
      });
      await finance.do(planRoutes.confirmAppropriation, { params, version: proposed.version });
    },
    /** The appropriation is raised again. */
    async restore(by: string) {
      const params = { year };
      const plan = await finance.do(planRoutes.readPlanDraft, { params });
      const appropriation = formatYuan(fen(fenOf(plan.appropriation) + fenOf(by)));
      const proposed = await system.person('officer').do(planRoutes.proposeAppropriation, {
        params,
        version: plan.version,
        body: { appropriation, reason: '财政追加' },
      });
      await finance.do(planRoutes.confirmAppropriation, { params, version: proposed.version });
    },
    /** Both departments agree to take back a part of what was paid for a voucher. */
    async takeBack(voucherId: string, amount: string) {
      const { id, providerId, version } = await system.person('officer').do(recoveriesRoutes.proposeRecovery, {
        body: { voucherId, amount, reasonCode: 'inspection-finding', note: '检查报告第 12 号' },
      });
      await finance.do(recoveriesRoutes.decideRecovery, {
        params: { providerId, recoveryId: id },
        version,
        body: { outcome: 'confirm', note: '情况属实' },
      });
    },
    /** Whatever waits for money is ordered, approved and paid. */
    async payWhatWaits() {
      const payoutId = await orderPayout(system, year);
      await approvePayout(system, payoutId);
      await answerBank(system, payoutId, () => ({ outcome: 'paid' }));
      await payoutWhen(system, payoutId, 'settled');
    },
    /** Both departments approve what is final, and the bank gives it back. */
    async failToPay() {
      const payoutId = await orderPayout(system, year);
      await approvePayout(system, payoutId);
      await answerBank(system, payoutId, () => ({ outcome: 'failed', reason: '账号与户名不符' }));
      await payoutWhen(system, payoutId, 'correcting');
      return payoutId;
    },
    /** The finance department takes the account that the provider has put right, and the bank pays. */
    async payAgain(payoutId: string) {
      const { items } = await finance.do(payoutsRoutes.listPayoutLines, {
        params: { payoutId },
        query: { limit: 100 },
      });
      for (const line of items as readonly Json[]) {
        if (line.status !== 'failed') continue;
        await finance.do(payoutsRoutes.correctLine, {
          params: { payoutId, lineId: line.id },
          version: line.version,
          body: { account: 'changed', note: '服务商已更正收款账户' },
        });
      }
      await answerBank(system, payoutId, () => ({ outcome: 'paid' }));
      await payoutWhen(system, payoutId, 'settled');
    },
  };
}

export type Partners = ReturnType<typeof partnersOf>;
