import { type Actor, isStaff } from '../../core/actors/actor.ts';
import { toShanghaiIso } from '../../core/calendar/business-date.ts';
import type { Entities } from '../../core/entities.ts';
import { pageArguments } from '../../core/ports/pages.ts';
import type { Reads } from '../../core/ports/store.ts';
import { ok } from '../../core/result.ts';

/**
 * A page of an entity's immutable trail, as every context answers it. The caller has checked that it may be seen; who
 * of the staff it was is for colleagues, not for those whose matter it is.
 */
export async function readTrail(
  reads: Pick<Reads, 'list'>,
  entity: keyof Entities,
  id: Readonly<Record<string, string | number>>,
  page: { limit: number; cursor?: string | undefined },
  reader: Pick<Actor, 'role'>,
) {
  const { items, next } = await reads.list('trail', { entity, id }, pageArguments(page));
  return ok({
    items: items.map(({ entity: of, at, action, actor, version, toStatus, reasonCode, note }) => ({
      entity: of,
      at: toShanghaiIso(at),
      action,
      by: {
        role: actor.role,
        ...(actor.organisationId ? { organisationId: actor.organisationId } : {}),
        ...(actor.name !== undefined && isStaff(reader.role) ? { name: actor.name } : {}),
        ...(reader.role === 'inspector' ? { sub: actor.sub } : {}),
      },
      version,
      ...(toStatus ? { toStatus } : {}),
      ...(reasonCode ? { reasonCode } : {}),
      ...(note ? { note } : {}),
    })),
    ...(next ? { next } : {}),
  });
}
