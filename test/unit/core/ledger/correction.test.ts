import fc from 'fast-check';
import { expect, test } from 'vitest';
import { correctable, correctionPosting, wrongCorrections } from '../../../../core/ledger/correction.ts';
import { APPROPRIATE, CUT, move, type Posting, replay } from '../../../../core/ledger/posting.ts';
import { fen } from '../../../../core/money/money.ts';

const cause = { at: 1, actor: 'finance' };
const postingOf = (reason: string, entries: Posting['entries']): Posting => ({
  ...cause,
  id: 'led_appropriation_2019_3',
  year: 2019,
  reason,
  reference: { entity: 'plan', id: '2019' },
  entries,
  specs: [],
});
const amounts = fc.integer({ min: 1, max: 1_000_000 });

test('corrections of a posting that add up to it leave nothing of it, and one fen more is found', () => {
  fc.assert(
    fc.property(fc.array(amounts, { minLength: 1, maxLength: 5 }), fc.boolean(), (parts, cut) => {
      const total = parts.reduce((sum, part) => sum + part, 0);
      const posting = cut
        ? postingOf(CUT, move('available', 'appropriation', total))
        : postingOf(APPROPRIATE, move('appropriation', 'available', total));
      expect(correctable(posting)).toEqual({ ok: true, value: total });
      const corrections = parts.map((amount, n) =>
        correctionPosting(posting, { amount: fen(amount), postings: Array<string>(n).fill('earlier') }, cause),
      );
      expect(new Set(corrections.map(({ id }) => id)).size).toBe(parts.length);
      expect(Object.values(replay([posting, ...corrections])).every((balance) => balance === 0)).toBe(true);
      expect(wrongCorrections([posting, ...corrections])).toEqual([]);
      const more = correctionPosting(posting, { amount: fen(1), postings: [] }, cause);
      expect(wrongCorrections([posting, ...corrections, more])).toEqual([posting.id]);
      expect(wrongCorrections([more])).toEqual([posting.id]);
    }),
  );
});

test('what stands beside other records is refused with the command that changes both', () => {
  for (const [reason, command] of [
    ['issue', 'confirm-delivery'],
    ['pay', 'record-bank-return'],
    ['carry-in', 'propose-appropriation'],
    ['correct', 'propose-appropriation'],
  ]) {
    expect(correctable(postingOf(reason ?? '', {}))).toMatchObject({
      ok: false,
      failure: { rule: 'posting-not-correctable', values: { command: expect.stringContaining(command ?? '') } },
    });
  }
});
