import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EntityName } from '../../../core/entities.ts';
import { entityDefinitions } from '../../../storage/entities/index.ts';
import { type Key, sortKey } from '../../../storage/keys.ts';
import { lists } from '../../../storage/lists.ts';
import { queryDefinitions } from '../../../storage/queries.ts';
import { indexes, KEY_SEPARATOR, prefixes } from '../../../storage/table.ts';

const names = Object.keys(entityDefinitions) as EntityName[];
const anyId = (text: string) => new Proxy({}, { get: () => text }) as never;
const keyOf = (name: EntityName, text = 'x'): Key => entityDefinitions[name].key(anyId(text));

describe('keys of entities', () => {
  test.each(names)('of %s begin with a prefix that the roles of functions are given', (name) => {
    const [prefix] = keyOf(name).pk.split(KEY_SEPARATOR);
    expect(Object.values(prefixes)).toContain(prefix);
  });

  test('are distinct, though all ids were the same', () => {
    const keys = names.map((name) => JSON.stringify(keyOf(name)));
    expect(new Set(keys).size).toBe(names.length);
  });

  test('never look like the trail', () => {
    for (const name of names) expect(keyOf(name).sk).not.toMatch(/^AUDIT/);
  });

  test('of two entities in one partition are never taken for each other by a list', () => {
    for (const [, { items, access }] of Object.entries(queryDefinitions)) {
      const found = access(new Proxy({}, { get: (_, name) => (name === 'entity' ? 'order' : 'x') }) as never);
      if (found.index || !found.sk || !('beginsWith' in found.sk)) continue;
      const prefix = found.sk.beginsWith;
      const fitting = names.filter((name) => keyOf(name).pk === found.pk && keyOf(name).sk.startsWith(prefix));
      expect(fitting).toEqual(items === 'audit' ? [] : [items]);
    }
  });
});

test('prefixes are distinct, and none begins another, so that a role for one never covers the other', () => {
  const all = Object.values(prefixes).map((prefix) => `${prefix}${KEY_SEPARATOR}`);
  expect(new Set(all).size).toBe(all.length);
  for (const a of all) for (const b of all) if (a !== b) expect(b.startsWith(a)).toBe(false);
});

test('lists have distinct partition keys', () => {
  const keys = Object.values(lists).map((list) => (list as (...parts: string[]) => string)('a', 'b', 'c'));
  expect(new Set(keys).size).toBe(keys.length);
});

test('index attributes are distinct from each other', () => {
  const attributes = Object.values(indexes).flatMap(({ partition, sort }) => [partition, sort]);
  expect(new Set(attributes).size).toBe(attributes.length);
});

test('sort keys order numbers as numbers', () => {
  const numbers = fc.integer({ min: 0, max: 999_999_999_999_999 });
  fc.assert(fc.property(numbers, numbers, (a, b) => a < b === sortKey(a) < sortKey(b)));
});
