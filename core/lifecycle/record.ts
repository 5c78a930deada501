import * as z from 'zod';

/** What every stored entity carries. `version` starts at 1 and grows by one with each change; it is the ETag. */
export const recordFields = {
  version: z.int().positive(),
  createdAt: z.int(),
  updatedAt: z.int(),
};

/** The next version of an entity with some fields changed. */
export const revise = <T extends { version: number; updatedAt: number }>(
  entity: T,
  at: number,
  fields: Partial<Omit<T, 'version' | 'updatedAt'>>,
): T => ({ ...entity, ...fields, version: entity.version + 1, updatedAt: at });

/** The fields of a new entity. */
export const born = (at: number) => ({ version: 1, createdAt: at, updatedAt: at });
