import type { Offering } from './offering.ts';

/** What a visitor of the catalogue asks for beyond category and kind. */
export interface CatalogueFilter {
  /** Words that the offering's or the provider's name must contain, each of them. */
  readonly q?: string | undefined;
  readonly voucherSupported?: boolean | undefined;
}

/** Full-width and half-width, upper and lower case are one to a search. */
const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Whether a published offering answers the visitor's question. */
export function matches(
  offering: Pick<Offering, 'listing' | 'providerName'>,
  { q, voucherSupported }: CatalogueFilter,
): boolean {
  const { listing } = offering;
  if (!listing) return false;
  if (voucherSupported !== undefined && listing.voucherSupported !== voucherSupported) return false;
  const text = plain(`${listing.name} ${offering.providerName}`);
  return plain(q ?? '')
    .split(/\s+/)
    .every((word) => text.includes(word));
}
