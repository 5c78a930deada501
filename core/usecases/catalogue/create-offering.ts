import { categoryOf } from '../../catalogue/kinds.ts';
import type { Offering, OfferingContent, OfferingVersion } from '../../catalogue/offering.ts';
import { checkContent } from '../../catalogue/review-version.ts';
import { born } from '../../lifecycle/record.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { ok } from '../../result.ts';
import { certifiedProvider } from './stored.ts';

export interface OfferingWithVersion {
  readonly offering: Offering;
  readonly version: OfferingVersion;
}

/** A certified provider makes a new offering, with its first version as a draft (clause 三-(二)). */
export const makeCreateOffering =
  ({ reads }: Ports): CommandUseCase<OfferingContent, OfferingWithVersion> =>
  async (content, command) => {
    const provider = await certifiedProvider(reads, command.actor);
    if (!provider.ok) return provider;
    const checked = checkContent(content, command.at);
    if (!checked.ok) return checked;
    const { id: providerId, name: providerName } = provider.value;
    const id = command.newId('off');
    const offering: Offering = { id, ...born(command.at), providerId, providerName, status: 'draft', latestNumber: 1 };
    const version = draftVersion(offering, 1, content, command.at);
    return ok({
      result: { offering, version },
      changes: [
        { do: 'check', entity: 'organisation', id: { id: providerId }, version: provider.value.version },
        { do: 'create', entity: 'offering', value: offering },
        { do: 'create', entity: 'offeringVersion', value: version },
      ],
    });
  };

/** A version as a draft; its category follows from its kind (clause 五-(二)). */
export const draftVersion = (
  offering: Offering,
  number: number,
  content: OfferingContent,
  at: number,
): OfferingVersion => ({
  offeringId: offering.id,
  number,
  ...born(at),
  providerId: offering.providerId,
  status: 'draft',
  ...content,
  category: categoryOf(content.kind),
  findings: [],
  reasons: [],
});
