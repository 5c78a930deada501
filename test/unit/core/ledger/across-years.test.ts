import { describe, expect, it } from 'vitest';
import { postAcrossYears } from '../../../../core/ledger/across-years.ts';
import type { Posting } from '../../../../core/ledger/posting.ts';

const posting: Posting = {
  id: 'led_void_vch_1',
  year: 2019,
  at: 1,
  reason: 'void',
  reference: { entity: 'voucher', id: 'vch_1' },
  actor: 'person',
  entries: { active: -500, available: 500 },
  specs: [{ specId: 's', amount: -500, count: -1 }],
  cap: { uscc: 'u', amount: -500, cap: 0 },
};

describe('a posting of a voucher whose money moved to a later year', () => {
  it('is one posting while the money stands in the year of use', () => {
    expect(postAcrossYears(posting, 2019)).toEqual([{ do: 'post', posting }]);
  });

  it('moves money in the year of the fund and limits in the year of use (五-(三))', () => {
    const { specs, cap, entries, ...cause } = posting;
    expect(postAcrossYears(posting, 2020)).toEqual([
      { do: 'post', posting: { ...cause, year: 2020, entries, specs: [] } },
      { do: 'post', posting: { ...cause, id: 'led_void_vch_1_limits', entries: {}, specs, cap } },
    ]);
  });

  it('posts nothing in the year of use when no limit changes', () => {
    const { cap: _cap, ...withoutCap } = posting;
    expect(postAcrossYears({ ...withoutCap, specs: [] }, 2020)).toHaveLength(1);
  });
});
