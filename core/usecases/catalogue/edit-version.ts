import { categoryOf } from '../../catalogue/kinds.ts';
import { type OfferingContent, type OfferingVersion, offeringVersionTransitions } from '../../catalogue/offering.ts';
import { checkContent } from '../../catalogue/review-version.ts';
import { revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import { seenBy } from '../../lifecycle/version.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { ok } from '../../result.ts';
import { type VersionId, versionFor } from './stored.ts';

/** The provider edits a draft, or corrects what was returned; what is in review or was published stands (clause 三-(二)). */
export const makeEditVersion =
  ({ reads }: Ports): CommandUseCase<VersionId & { readonly content: OfferingContent }, OfferingVersion> =>
  async ({ offeringId, number, content }, command) => {
    const found = await versionFor(reads, command.actor, { offeringId, number });
    if (!found.ok) return found;
    const version = found.value;
    const seen = seenBy(command, version);
    if (!seen.ok) return seen;
    const transition = offeringVersionTransitions[version.status === 'returned' ? 'correct' : 'edit'];
    const allowed = allow(transition, version.status);
    if (!allowed.ok) return allowed;
    const checked = checkContent(content, command.at);
    if (!checked.ok) return checked;
    const edited = revise(version, command.at, { ...content, category: categoryOf(content.kind) });
    return ok({
      result: edited,
      changes: [
        {
          do: 'update',
          entity: 'offeringVersion',
          value: edited,
          from: transition.from,
          audit: { action: transition.name },
        },
      ],
    });
  };
