import { catalogueRoutes } from '../contracts/catalogue.ts';
import { claimsRoutes } from '../contracts/claims.ts';
import { ordersRoutes } from '../contracts/orders.ts';
import { planRoutes } from '../contracts/plan.ts';
import { addDays, businessDateOf } from '../core/calendar/business-date.ts';
import type { Kind } from '../core/catalogue/kinds.ts';
import { fen, formatYuan, parseYuan, subtract } from '../core/money/money.ts';
import { decide, type Member } from './cast.ts';
import type { Json } from './client.ts';
import type { System } from './system.ts';
import { until } from './until.ts';
import { sampleFor, uploadDocument } from './uploads.ts';

/** What the people of the scheme do, each as calls of the API. */

const today = (system: System) => businessDateOf(system.clock.now());

/** Fen of an amount that the API answered. */
export function fenOf(yuan: string): number {
  const parsed = parseYuan(yuan);
  if (!parsed.ok) throw new Error(`no amount: ${yuan}`);
  return parsed.value;
}

export interface PlanFigures {
  readonly year: number;
  readonly appropriation: string;
  readonly specs: readonly { category: string; amount: string; count: number }[];
}

/** Drafts a plan, has both departments sign it, and opens it (clause 五-(一)). */
export async function openPlan(system: System, plan: PlanFigures): Promise<void> {
  const officer = system.person('officer');
  const params = { year: plan.year };
  let { version } = await officer.do(planRoutes.draftPlan, {
    body: { ...plan, title: `${plan.year} 年度云服务券发放规模计划` },
  });
  ({ version } = await officer.do(planRoutes.signPlan, { params, version }));
  ({ version } = await system.person('finance').do(planRoutes.signPlan, { params, version }));
  await officer.do(planRoutes.openPlan, { params, version });
}

export interface Service {
  readonly name: string;
  readonly kind: Kind;
  readonly price: string;
  readonly priceUnit: 'month' | 'year' | 'user-month' | 'user-year' | 'once';
  readonly marketPrice?: string;
}

/** Publishes an offering after its review (clause 三-(二)). Returns its id. */
export async function publish(system: System, provider: Member, service: Service): Promise<string> {
  const documentId = await uploadDocument(
    provider.person,
    sampleFor('market-price-evidence', `${service.name} 市场询价`),
  );
  const offering = await provider.person.do(catalogueRoutes.createOffering, {
    body: {
      name: service.name,
      description: `${service.name}，由${provider.name}提供，含实施、培训与全年技术支持。`,
      kind: service.kind,
      price: service.price,
      priceUnit: service.priceUnit,
      voucherSupported: true,
      marketPrice: {
        price: service.marketPrice ?? service.price,
        source: '三家公开报价平均',
        observedOn: today(system),
        documentId,
      },
    },
  });
  const params = { offeringId: offering.id, number: 1 };
  await provider.person.do(catalogueRoutes.submitVersion, { params, version: offering.draft.version });
  await decide(system.person('officer'), offering.id, { outcome: 'approve' }, 'offering-review');
  await until(`${service.name} is published`, async () => {
    const { status } = await provider.person.do(catalogueRoutes.readOffering, { params: { offeringId: offering.id } });
    return status === 'published' || undefined;
  });
  return offering.id;
}

export interface Deal {
  readonly enterprise: Member;
  readonly provider: Member;
  readonly offeringId: string;
  readonly kind: Kind;
  readonly quantity: number;
  readonly contractNumber: string;
  /** List price and discount of the contract's one line. */
  readonly listPrice: string;
  readonly discount?: string;
  readonly choice?: { use: 'none' } | { use: 'maximum' } | { use: 'amount'; amount: string };
  /** What is to happen when the money is short; absent: whatever there is is taken. */
  readonly whenShort?: 'wait';
}

/** An order of the story with what came of it. */
export type Signed = Deal & { readonly order: Json; readonly voucher: Json; readonly contractDocumentId: string };

/** The enterprise places an order with a voucher. */
export const place = (system: System, deal: Deal) =>
  deal.enterprise.person.do(ordersRoutes.placeOrder, {
    body: {
      offeringId: deal.offeringId,
      offeringNumber: 1,
      quantity: deal.quantity,
      wantedFrom: today(system),
      wantedTo: addDays(today(system), 364),
      choice: deal.choice ?? { use: 'maximum' },
      ...(deal.whenShort ? { whenShort: deal.whenShort } : {}),
    },
  });

/** Order, contract, signature: the voucher is generated (clause 六). */
export async function sign(system: System, deal: Deal): Promise<Signed> {
  return conclude(system, deal, await place(system, deal));
}

/** The provider answers an order with the contract; of one that waits, it says whether it holds its offer. */
export async function answer(
  system: System,
  deal: Deal,
  placed: Json,
): Promise<{ answered: Json; documentId: string }> {
  const documentId = await uploadDocument(deal.provider.person, sampleFor('contract', `合同 ${deal.contractNumber}`));
  const answered = await deal.provider.person.do(ordersRoutes.answerOrder, {
    params: { orderId: placed.id },
    version: placed.version,
    body: {
      contractNumber: deal.contractNumber,
      lines: [
        { kind: deal.kind, description: '云服务费', listPrice: deal.listPrice, discount: deal.discount ?? '0.00' },
      ],
      startsOn: today(system),
      endsOn: addDays(today(system), 364),
      documentId,
      ...(placed.waiting ? { agreesToWait: true } : {}),
    },
  });
  return { answered, documentId };
}

/** Contract and signature of an order. */
export async function conclude(system: System, deal: Deal, placed: Json): Promise<Signed> {
  const { answered, documentId: contractDocumentId } = await answer(system, deal, placed);
  const order = await deal.enterprise.person.do(ordersRoutes.signOrder, {
    params: { orderId: placed.id },
    version: answered.version,
  });
  return { ...deal, order, voucher: order.voucher, contractDocumentId };
}

/** The enterprise confirms what was delivered (clause 六). */
export async function deliver(signed: Signed, body: unknown = { outcome: 'full' }) {
  const { version } = await signed.enterprise.person.do(ordersRoutes.readOrder, {
    params: { orderId: signed.order.id },
  });
  return signed.enterprise.person.do(ordersRoutes.confirmDelivery, {
    params: { orderId: signed.order.id },
    version,
    body,
  });
}

let papers = 0;
/** A number that no other paper of the story has. */
const nextPaper = () => {
  papers += 1;
  return String(papers).padStart(8, '0');
};

/** Invoice, transfer and usage of a delivered order, as the provider files them (clause 七-(一)). */
async function evidenceOf(system: System, signed: Signed) {
  const { enterprise, provider } = signed;
  const fee = fen(fenOf(signed.order.contract.fee));
  const own = formatYuan(subtract(fee, fen(fenOf(signed.voucher.face))));
  const paper = nextPaper();
  const label = signed.contractNumber;
  return {
    voucherId: signed.voucher.id,
    invoices: [
      {
        code: '0150019' + '111',
        number: paper,
        issuedOn: today(system),
        amount: formatYuan(fee),
        buyerUscc: enterprise.uscc,
        sellerUscc: provider.uscc,
        documentId: await uploadDocument(provider.person, sampleFor('invoice', `发票 ${label} ${paper}`)),
      },
    ],
    transfers: [
      {
        serial: `NMYH-${paper}`,
        payerName: enterprise.name,
        payeeName: provider.name,
        amount: own,
        paidOn: today(system),
        documentId: await uploadDocument(provider.person, sampleFor('transfer-proof', `回单 ${label} ${paper}`)),
      },
    ],
    usage: {
      from: signed.order.contract.startsOn,
      to: today(system),
      activeUsers: 12,
      summary: '按月用量报表，服务正常开通并持续使用。',
      documentId: await uploadDocument(provider.person, sampleFor('usage-report', `使用情况 ${label} ${paper}`)),
    },
  };
}

/** Opens and files a provider's yearly claim for these orders. Returns the claim's id. */
export async function fileClaim(system: System, provider: Member, orders: readonly Signed[]): Promise<string> {
  const claim = await provider.person.do(claimsRoutes.openClaim);
  for (const order of orders) {
    await provider.person.do(claimsRoutes.addClaimItem, {
      params: { claimId: claim.id },
      body: await evidenceOf(system, order),
    });
  }
  const params = { claimId: claim.id };
  const { version } = await provider.person.do(claimsRoutes.readClaim, { params });
  await provider.person.do(claimsRoutes.fileClaim, { params, version });
  return claim.id;
}
