import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAttribute, lengthen, pack, shorten, unpack } from '../../../storage/packed.ts';

describe('an entity in its item', () => {
  test('what conditions ask for stays an attribute, what has parts becomes one text', () => {
    const entity = {
      version: 3,
      status: 'signed',
      excluded: ['a', 'b'],
      findings: [],
      parts: [{ fee: 1 }],
      choice: {},
    };
    const { data, parts } = pack(entity);
    expect(data).toEqual({ version: 3, status: 'signed', excluded: ['a', 'b'], findings: [] });
    expect(JSON.parse(parts ?? '')).toEqual({ parts: [{ fee: 1 }], choice: {} });
    expect(Object.entries(entity).filter(([, value]) => isAttribute(value))).toEqual(Object.entries(data));
  });

  test('an entity that was stored before anything was packed is read as it is', () => {
    const data = { version: 1, lines: [{ fee: 1 }] };
    expect(unpack({ data })).toEqual(data);
    expect(unpack({})).toBeUndefined();
  });

  test('every entity comes back as it was', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z][A-Za-z0-9]{0,9}$/), fc.jsonValue()), (entity) => {
        const stored = JSON.parse(JSON.stringify(entity));
        expect(unpack({ ...pack(stored) })).toEqual(stored);
      }),
    );
  });
});

describe('a stored answer', () => {
  test('comes back byte for byte, however long and in any script', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 3000 }), fc.nat(40), (text, times) => {
        const body = JSON.stringify(text).repeat(times);
        expect(lengthen(shorten(body))).toBe(body);
      }),
    );
  });

  test('takes a fraction of its length when it is long, and is left alone when it is short', () => {
    const body = JSON.stringify(
      Array.from({ length: 40 }, (_, i) => ({ rule: 'fund-limit', zh: '本年度资金尚余', i })),
    );
    expect(shorten(body).length).toBeLessThan(body.length / 4);
    expect(shorten('{"id":"ord_1"}')).toBe('{"id":"ord_1"}');
  });
});
