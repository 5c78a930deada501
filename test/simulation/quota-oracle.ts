import { ordersRoutes } from '../../contracts/orders.ts';
import { businessDateOf } from '../../core/calendar/business-date.ts';
import { type QuotaParameters, quotaLine } from '../../core/policy/quotas.ts';
import type { ClientLog } from './log.ts';
import type { Party, Prepared } from './prepared.ts';
import type { Watch } from './watch.ts';

/** A year with its quotas, and where its enterprises sit. */
export type QuotaYear = Pick<Prepared, 'year' | 'quotas'> & {
  readonly enterprises: readonly { readonly organisation: Pick<Party['organisation'], 'uscc' | 'jurisdiction'> }[];
};

/** A year with its quotas, and who buys and sells in it. */
export type RefusingYear = Pick<Prepared, 'year' | 'quotas'> & {
  readonly enterprises: readonly (Acting & { readonly members: readonly { readonly sub: string }[] })[];
  readonly offers: readonly { readonly offeringId: string; readonly provider: Acting }[];
};
interface Acting {
  readonly organisation: { readonly id: string; readonly jurisdiction: Party['organisation']['jurisdiction'] };
}

/** Something that somebody was told to have, at some moment between asking and hearing of it. */
interface Given {
  readonly what: string;
  readonly orderId: string;
  readonly jurisdiction: string;
  readonly providerId: string;
  readonly fen: number;
  readonly askedAt: number;
  readonly answeredAt: number;
}

/** A voucher, until somebody sends that it was not delivered as agreed, or it expires. */
interface Held extends Given {
  readonly expiresOn: string;
  readonly until: number;
}

const fenOf = (yuan: string): number => Math.round(Number(yuan) * 100);

/**
 * Whether anybody was given more than a quota of the year allows (clause 五-(一)), by what people were told alone: a reservation
 * or a voucher, together with all vouchers that others of the same place, or of the same provider, had been told of before it
 * was asked for, and gave nothing back of before it was answered.
 */
export function quotasPassed(log: ClientLog, { year, enterprises, quotas }: QuotaYear): readonly string[] {
  const jurisdictions = new Map<string, string>(
    enterprises.map(({ organisation: { uscc, jurisdiction } }) => [uscc, jurisdiction]),
  );
  const placeOf = (uscc: string): string => jurisdictions.get(uscc) ?? '';

  /** The first word of a delivery that may have given something back. */
  const delivered = new Map<string, number>();
  for (const { contract, what, askedAt } of log.asked) {
    if (contract.operation !== ordersRoutes.confirmDelivery.operation) continue;
    const orderId = String(what.params?.orderId);
    delivered.set(orderId, Math.min(askedAt, delivered.get(orderId) ?? Number.POSITIVE_INFINITY));
  }

  const vouchers = log.accepted(ordersRoutes.signOrder.operation).flatMap(({ asked, answer }): Held[] => {
    const { voucher } = answer.body;
    if (!voucher || voucher.year !== year || asked.answeredAt === undefined) return [];
    const { number, orderId, enterpriseUscc, providerId, issuedFace, expiresOn } = voucher;
    return [
      {
        ...{ what: `voucher ${number}`, orderId, jurisdiction: placeOf(enterpriseUscc), providerId },
        ...{ fen: fenOf(issuedFace), askedAt: asked.askedAt, answeredAt: asked.answeredAt },
        ...{ expiresOn, until: delivered.get(orderId) ?? Number.POSITIVE_INFINITY },
      },
    ];
  });
  const reservations = log.accepted(ordersRoutes.placeOrder.operation).flatMap(({ asked, answer }): Given[] => {
    const { id, planYear, enterpriseUscc, providerId, reservation } = answer.body;
    if (!reservation || planYear !== year || asked.answeredAt === undefined) return [];
    return [
      {
        ...{ what: `the reservation of ${id}`, orderId: id, jurisdiction: placeOf(enterpriseUscc), providerId },
        ...{ fen: fenOf(reservation.amount), askedAt: asked.askedAt, answeredAt: asked.answeredAt },
      },
    ];
  });

  return [...vouchers, ...reservations].flatMap((given) => {
    const beside = vouchers.filter(
      ({ orderId, answeredAt, until, expiresOn }) =>
        orderId !== given.orderId &&
        answeredAt <= given.askedAt &&
        until >= given.answeredAt &&
        expiresOn > businessDateOf(given.answeredAt),
    );
    return limitsOf(quotas, given).flatMap(({ of, same, quota }) => {
      const fen = beside.filter(same).reduce((sum, one) => sum + one.fen, given.fen);
      return fen > quota ? [`${given.what} makes ${fen} fen of ${of}, above its quota of ${quota}`] : [];
    });
  });
}

/**
 * Orders that were refused because a quota was exhausted, and at no moment between asking and hearing of it was all of it
 * taken: who is told that nothing is left was told the truth.
 */
export function refusedWithoutReason(
  log: ClientLog,
  { year, enterprises, offers, quotas }: RefusingYear,
  mostTaken: Watch['mostTaken'],
): readonly string[] {
  const { jurisdictionQuotas = {}, providerQuota } = quotas;
  return log.asked.flatMap(({ who, sub, contract, what, askedAt, answeredAt, answers }) => {
    const code = answers[0]?.body?.code;
    if (contract.operation !== ordersRoutes.placeOrder.operation || answeredAt === undefined) return [];
    const buyer = enterprises.find(({ members }) => members.some((member) => member.sub === sub))?.organisation;
    const { offeringId } = (what.body ?? {}) as { offeringId?: string };
    const seller = offers.find((offer) => offer.offeringId === offeringId)?.provider.organisation;
    if (!buyer || !seller) return [];
    const left = (quota: number | undefined, name: string) => (quota ?? 0) - mostTaken(year, name, askedAt, answeredAt);
    const fen =
      code === 'jurisdiction-quota-exhausted'
        ? left(jurisdictionQuotas[buyer.jurisdiction], quotaLine(buyer.jurisdiction))
        : code === 'provider-quota-exhausted'
          ? left(providerQuota, seller.id)
          : 0;
    return fen > 0 ? [`${who} was told ${code} while ${fen} fen were left all the time`] : [];
  });
}

/** The quotas that something counts against, and what else does. */
function limitsOf({ jurisdictionQuotas = {}, providerQuota }: QuotaParameters, given: Given) {
  const { jurisdiction, providerId } = given;
  const ofPlace = Object.entries(jurisdictionQuotas)
    .filter(([code]) => code === jurisdiction)
    .map(([of, quota]) => ({ of, quota, same: (one: Given) => one.jurisdiction === jurisdiction }));
  return providerQuota === undefined
    ? ofPlace
    : [...ofPlace, { of: providerId, quota: providerQuota, same: (one: Given) => one.providerId === providerId }];
}
