import { describe, expect, test } from 'vitest';
import {
  isJurisdiction,
  jurisdictionName,
  jurisdictionOf,
  jurisdictionSchema,
  jurisdictions,
  REGION,
} from '../../../../core/registry/jurisdictions.ts';

describe('the jurisdictions of the region', () => {
  test('there are 12 leagues and cities, and Manzhouli and Erenhot', () => {
    expect(jurisdictionSchema.options).toHaveLength(14);
    expect(jurisdictionSchema.options.filter((code) => code.endsWith('00'))).toHaveLength(12);
    expect(jurisdictionSchema.options.every((code) => /^15\d{4}$/.test(code))).toBe(true);
    expect(new Set(Object.values(jurisdictions).map(({ zh }) => zh)).size).toBe(14);
  });

  test('the region is no jurisdiction of its own, but has a name', () => {
    expect(isJurisdiction(REGION)).toBe(false);
    expect(jurisdictionSchema.safeParse(REGION).success).toBe(false);
    expect(jurisdictionName(REGION).zh).toBe('内蒙古自治区');
    expect(jurisdictionName('150781')).toEqual({ zh: '满洲里市', en: 'Manzhouli' });
  });

  test.each([
    ['150102', '150100'],
    ['150100', '150100'],
    ['150702', '150700'],
    ['150781', '150781'],
    ['152502', '152500'],
    ['152501', '152501'],
    ['152921', '152900'],
  ])('an enterprise in %s belongs to %s', (division, jurisdiction) => {
    expect(jurisdictionOf(division)).toBe(jurisdiction);
  });

  test.each(['150000', '110105', '151000', '1501', '15010', '1501001', '1501AB', '', 'constructor'])(
    '%j belongs to none',
    (division) => {
      expect(jurisdictionOf(division)).toBeUndefined();
    },
  );
});
