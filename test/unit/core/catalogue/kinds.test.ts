import { describe, expect, test } from 'vitest';
import { categories, categoryOf, categorySchema, kindSchema, kinds } from '../../../../core/catalogue/kinds.ts';

describe('the services of clause 五-(二)', () => {
  test('there are 3 categories with 4, 6 and 6 kinds', () => {
    const count = (category: string) => Object.values(kinds).filter((kind) => kind.category === category).length;
    expect(Object.keys(categories).map((category) => [category, count(category)])).toEqual([
      ['infrastructure', 4],
      ['business-application', 6],
      ['platform-system', 6],
    ]);
  });

  test('each kind knows its category, and both have names in two languages', () => {
    for (const id of kindSchema.options) {
      expect(categorySchema.parse(categoryOf(id))).toBe(kinds[id].category);
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(kinds[id].zh).toMatch(/服务$/);
      expect(kinds[id].descriptionZh).toMatch(/^[^。]+。$/);
      expect(kinds[id].en).not.toBe('');
    }
    expect(new Set(Object.values(kinds).map((kind) => kind.zh)).size).toBe(16);
  });

  test('examples of the notice are where it puts them', () => {
    expect(categoryOf('security')).toBe('infrastructure');
    expect(categoryOf('production-control')).toBe('business-application');
    expect(categoryOf('database')).toBe('platform-system');
  });

  test.each(['', 'Computing', 'cloud', 'constructor', 'toString'])('%j is no kind', (id) => {
    expect(kindSchema.safeParse(id).success).toBe(false);
  });
});
