import type { OfferingContent, OfferingVersion } from '../../catalogue/offering.ts';
import { checkContent } from '../../catalogue/review-version.ts';
import { revise } from '../../lifecycle/record.ts';
import { seenBy } from '../../lifecycle/version.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { ok, refuse } from '../../result.ts';
import { draftVersion } from './create-offering.ts';
import { certifiedProvider, offeringFor } from './stored.ts';

/** What the new version has otherwise than the latest. */
export interface NewVersion {
  readonly offeringId: string;
  readonly changes: { readonly [F in keyof OfferingContent]?: OfferingContent[F] | undefined };
}

const unfinished = new Set<OfferingVersion['status']>(['draft', 'in-review', 'returned']);

/**
 * The provider starts a new version from the latest. What is published stays public until the new version has been
 * reviewed (clause 三-(二)).
 */
export const makeAddVersion =
  ({ reads }: Ports): CommandUseCase<NewVersion, OfferingVersion> =>
  async ({ offeringId, changes }, command) => {
    const found = await offeringFor(reads, command.actor, offeringId);
    if (!found.ok) return found;
    const provider = await certifiedProvider(reads, command.actor);
    if (!provider.ok) return provider;
    const offering = found.value;
    const seen = seenBy(command, offering);
    if (!seen.ok) return seen;
    if (offering.status === 'withdrawn') return refuse('offering-withdrawn');
    const latest = await reads.get('offeringVersion', { offeringId, number: offering.latestNumber });
    if (!latest) return refuse('not-found');
    if (unfinished.has(latest.status))
      return refuse('offering-version-open', { values: { number: latest.number, state: latest.status } });

    const content = contentOf(latest, changes);
    const checked = checkContent(content, command.at);
    if (!checked.ok) return checked;
    const version = draftVersion(offering, offering.latestNumber + 1, content, command.at);
    const grown = revise(offering, command.at, { latestNumber: version.number });
    return ok({
      result: version,
      changes: [
        {
          do: 'update',
          entity: 'offering',
          value: grown,
          from: ['draft', 'published'],
          audit: { action: 'add-version' },
        },
        { do: 'create', entity: 'offeringVersion', value: version },
      ],
    });
  };

const contentOf = (latest: OfferingVersion, changes: NewVersion['changes']): OfferingContent => ({
  name: changes.name ?? latest.name,
  description: changes.description ?? latest.description,
  kind: changes.kind ?? latest.kind,
  price: changes.price ?? latest.price,
  priceUnit: changes.priceUnit ?? latest.priceUnit,
  voucherSupported: changes.voucherSupported ?? latest.voucherSupported,
  marketPrice: changes.marketPrice ?? latest.marketPrice,
});
