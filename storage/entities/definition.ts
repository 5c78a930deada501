import type * as z from 'zod';
import type { Entities, EntityId, EntityName } from '../../core/entities.ts';
import type { Key } from '../keys.ts';
import type { IndexName } from '../table.ts';

/** Where an entity stands in an index. */
export interface IndexEntry {
  readonly pk: string;
  readonly sk: string;
}

/** How an entity is stored: parsed by its schema on every read, found by its key, listed by its indexes. */
export interface EntityDefinition<E extends EntityName> {
  readonly schema: z.ZodType<Entities[E]>;
  key(id: EntityId<E>): Key;
  indexes(entity: Entities[E]): { readonly [I in IndexName]?: IndexEntry };
}

export type EntityDefinitions = { readonly [E in EntityName]: EntityDefinition<E> };
