import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assemble,
  entriesOf,
  entryAdded,
  entryRemoved,
  type Fields,
  listed,
} from '../../../portal/src/components/fields.ts';

describe('the body that fields describe', () => {
  test('has each field where its pointer says; what was left empty is missing, and its part is not', () => {
    const fields = { '/name': ' 云桌面 ', '/note': ' ', '/marketPrice/price': '', '/usage/from': '2026-01-01' };
    expect(assemble(fields)).toEqual({ name: '云桌面', marketPrice: {}, usage: { from: '2026-01-01' } });
  });

  test('has nothing of what is of the form alone', () => {
    expect(assemble({ 'mark /documents': 'yes', complete: 'yes', '/outcome': 'return' })).toEqual({
      outcome: 'return',
    });
  });

  test('has a list with as many entries as it counts, empty ones too', () => {
    const fields = {
      ...listed('/lines', [{ fee: '1' }, { fee: '' }]),
      '/lines/2/fee': 'of an entry that was taken out',
    };
    expect(assemble(fields)).toEqual({ lines: [{ fee: '1' }, {}] });
    expect(assemble(listed('/lines', []))).toEqual({ lines: [] });
  });
});

describe('a list of rows', () => {
  const rows = fc.array(
    fc.string({ minLength: 1 }).filter((text) => text.trim() === text),
    { minLength: 1, maxLength: 8 },
  );
  const typed = (fields: Fields) => entriesOf(fields, '/rows').map((row) => fields[`${row}/text`]);
  const listOf = (texts: readonly string[]): Fields =>
    listed(
      '/rows',
      texts.map((text) => ({ text })),
    );

  test('without one of them is the list of the others, in their order', () => {
    fc.assert(
      fc.property(rows, fc.nat(), (texts, any) => {
        const at = any % texts.length;
        const fields = listOf(texts);
        const left = { ...fields, ...entryRemoved(fields, '/rows', at) };
        expect(typed(left)).toEqual(texts.toSpliced(at, 1));
        expect(assemble(left)).toEqual({ rows: texts.toSpliced(at, 1).map((text) => ({ text })) });
      }),
    );
  });

  test('with one more has it at the end, with nothing of one that was taken out before', () => {
    fc.assert(
      fc.property(rows, (texts) => {
        const fields = listOf(texts);
        const left = { ...fields, ...entryRemoved(fields, '/rows', texts.length - 1) };
        expect(typed({ ...left, ...entryAdded(left, '/rows', {}) }).at(-1)).toBe('');
        expect(typed({ ...left, ...entryAdded(left, '/rows', { text: 'new' }) }).at(-1)).toBe('new');
      }),
    );
  });
});
