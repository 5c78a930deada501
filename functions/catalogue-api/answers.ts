import type * as z from 'zod';
import type {
  catalogueEntry,
  categoriesAnswer,
  offeringAnswer,
  offeringVersionAnswer,
  publicOfferingAnswer,
} from '../../contracts/catalogue.ts';
import { findingAnswer } from '../../contracts/sentences.ts';
import { businessDate, toShanghaiIso } from '../../core/calendar/business-date.ts';
import { type Category, categories, type Kind, kinds } from '../../core/catalogue/kinds.ts';
import type { Offering, OfferingVersion } from '../../core/catalogue/offering.ts';
import { formatYuan } from '../../core/money/money.ts';
import type { Plan } from '../../core/policy/plan.ts';
import type { PublicOffering } from '../../core/usecases/catalogue/browse-catalogue.ts';
import type { OfferingWithVersion } from '../../core/usecases/catalogue/create-offering.ts';

const toListing = (listing: NonNullable<Offering['listing']>) => ({ ...listing, price: formatYuan(listing.price) });

export const toOfferingAnswer = (offering: Offering): z.input<typeof offeringAnswer> => ({
  id: offering.id,
  version: offering.version,
  status: offering.status,
  providerId: offering.providerId,
  providerName: offering.providerName,
  latestNumber: offering.latestNumber,
  publishedNumber: offering.publishedNumber,
  listing: offering.listing && toListing(offering.listing),
  createdAt: toShanghaiIso(offering.createdAt),
  updatedAt: toShanghaiIso(offering.updatedAt),
});

export const toVersionAnswer = (version: OfferingVersion): z.input<typeof offeringVersionAnswer> => ({
  offeringId: version.offeringId,
  number: version.number,
  version: version.version,
  status: version.status,
  name: version.name,
  description: version.description,
  kind: version.kind,
  category: version.category,
  price: formatYuan(version.price),
  priceUnit: version.priceUnit,
  voucherSupported: version.voucherSupported,
  marketPrice: { ...version.marketPrice, price: formatYuan(version.marketPrice.price) },
  findings: version.findings.map(findingAnswer),
  reasons: version.reasons,
  submittedAt: version.review && toShanghaiIso(version.review.submittedAt),
  ...(version.status === 'in-review' && version.review?.decideBy
    ? { decideBy: businessDate(version.review.decideBy) }
    : {}),
  publishedAt: version.publishedAt === undefined ? undefined : toShanghaiIso(version.publishedAt),
});

export const toNewOfferingAnswer = ({ offering, version }: OfferingWithVersion) => ({
  ...toOfferingAnswer(offering),
  draft: toVersionAnswer(version),
});

export const toCatalogueEntry = ({
  id,
  providerId,
  providerName,
  publishedNumber,
  listing,
}: Offering): z.input<typeof catalogueEntry> => {
  if (!listing || publishedNumber === undefined)
    throw new Error(`offering ${id} is listed without a published version`);
  return { id, number: publishedNumber, providerId, providerName, ...toListing(listing) };
};

const ratioOf = (plan: Plan | undefined, category: Category) =>
  plan?.specs.find((spec) => spec.category === category)?.ratio;

export function toPublicOfferingAnswer({
  offering,
  version,
  plan,
}: PublicOffering): z.input<typeof publicOfferingAnswer> {
  const { price, source, observedOn } = version.marketPrice;
  const ratio = version.voucherSupported ? ratioOf(plan, version.category) : undefined;
  return {
    ...toCatalogueEntry(offering),
    description: version.description,
    marketPrice: { price: formatYuan(price), source, observedOn },
    publishedAt: toShanghaiIso(version.publishedAt ?? version.updatedAt),
    voucher: plan && ratio !== undefined ? { planYear: plan.year, ratio } : undefined,
  };
}

const entries = <K extends string, V>(record: Readonly<Record<K, V>>) => Object.entries(record) as [K, V][];

export const toCategoriesAnswer = ({ plan }: { readonly plan?: Plan }): z.input<typeof categoriesAnswer> => ({
  planYear: plan?.year,
  categories: entries(categories).map(([id, { zh, en, clause }]) => ({
    id,
    zh,
    en,
    clause,
    ratio: ratioOf(plan, id),
    kinds: entries<Kind, (typeof kinds)[Kind]>(kinds)
      .filter(([, kind]) => kind.category === id)
      .map(([kindId, kind]) => ({ id: kindId, zh: kind.zh, en: kind.en, descriptionZh: kind.descriptionZh })),
  })),
});
