import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { readFields } from '../../../contracts/field-errors.ts';
import { selfCheck, selfCheckFields } from '../../../contracts/self-check.ts';
import { composeUscc } from '../../../core/identity/uscc.ts';

const check = (fields: Partial<z.input<typeof selfCheckFields>> = {}) =>
  selfCheck(
    selfCheckFields.parse({
      kind: 'enterprise',
      uscc: composeUscc('150200', 1),
      jurisdiction: '150200',
      industrySection: 'C',
      ...fields,
    }),
  );
const rulesOf = ({ findings }: ReturnType<typeof check>) => findings.map(({ rule }) => rule);

describe('the check before registering', () => {
  it('finds nothing against a manufacturer of the region, who needs licence and ID card', () => {
    expect(check()).toEqual({ findings: [], documents: ['business-licence', 'id-card-front', 'id-card-back'] });
  });

  it('points out a code from outside the region, or from another city', () => {
    const [outside] = check({ uscc: composeUscc('110101', 1) }).findings;
    expect(outside).toMatchObject({ rule: 'uscc-outside-region', clause: '二-(一)' });
    expect(rulesOf(check({ jurisdiction: '150100' }))).toEqual(['uscc-other-jurisdiction']);
  });

  it('asks whoever is no industry for evidence of serving it, but not a provider', () => {
    expect(check({ industrySection: 'I' }).documents).toContain('industry-service-evidence');
    expect(rulesOf(check({ industrySection: 'I' }))).toEqual(['serves-industry']);
    expect(check({ industrySection: 'I', kind: 'provider' })).toMatchObject({ findings: [], documents: { length: 3 } });
  });

  it('refuses a mistyped code as a registration does', () => {
    const refused = selfCheckFields.safeParse({
      kind: 'enterprise',
      uscc: '911501000000000192',
      jurisdiction: '150100',
      industrySection: 'C',
    });
    expect(refused.error?.issues[0]?.message).toBe('uscc-check-character');
  });
});

describe('fields that are not as they must be', () => {
  it('are refused with the sentences of the API, and an absent choice is simply missing', () => {
    const { errors } = readFields(selfCheckFields, { kind: 'neither', uscc: '911501000000000192', industrySection: 7 });
    expect(errors?.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/kind', 'wrong-value'],
      ['/uscc', 'uscc-check-character'],
      ['/jurisdiction', 'required'],
      ['/industrySection', 'wrong-type'],
    ]);
  });
});
