import { describe, expect, it } from 'vitest';
import { businessDate } from '../../../../core/calendar/business-date.ts';
import { validAfterUse } from '../../../../core/orders/validity.ts';

const parameters = { claimWindow: { from: '11-01', to: '12-31' } };

describe('validity of a used voucher (七-(一))', () => {
  it('reaches to the end of the year’s claim window when its own validity ends before', () => {
    expect(validAfterUse(businessDate('2026-03-02'), '2026-05-01', parameters)).toBe('2026-12-31');
  });
  it('keeps its own validity when that is later', () => {
    expect(validAfterUse(businessDate('2026-11-23'), '2028-01-20', parameters)).toBe('2028-01-20');
  });
  it('reaches to next year’s window when this year’s is open: the one claim of it may be filed already', () => {
    expect(validAfterUse(businessDate('2026-10-31'), '2026-11-20', parameters)).toBe('2026-12-31');
    expect(validAfterUse(businessDate('2026-11-01'), '2026-11-20', parameters)).toBe('2027-12-31');
    expect(validAfterUse(businessDate('2026-12-15'), '2027-02-13', parameters)).toBe('2027-12-31');
  });
  it('reaches to next year’s window when this year’s has closed', () => {
    expect(
      validAfterUse(businessDate('2026-12-20'), '2026-12-25', { claimWindow: { from: '11-01', to: '11-30' } }),
    ).toBe('2027-11-30');
  });
});
