import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { born, revise } from '../../../../core/lifecycle/record.ts';
import { allow, defineTransitions } from '../../../../core/lifecycle/transition.ts';
import { seenBy } from '../../../../core/lifecycle/version.ts';
import { machines } from '../../../../docs/machines.ts';

describe('a transition', () => {
  const doors = defineTransitions<'open' | 'shut' | 'locked'>()({
    shut: { from: ['open'], to: 'shut', by: ['system'] },
    lock: { from: ['shut'], to: 'locked', by: ['system'] },
  });

  test('is named by its key', () => {
    expect(doors.lock.name).toBe('lock');
  });

  test('is allowed from its named states, and says which ones otherwise', () => {
    expect(allow(doors.lock, 'shut')).toEqual({ ok: true, value: 'locked' });
    expect(allow(doors.lock, 'open')).toEqual({
      ok: false,
      failure: { rule: 'wrong-state', values: { state: 'open', allowed: 'shut' } },
    });
  });
});

describe('every transition of the system', async () => {
  const all = await machines();

  test('is found', () => {
    expect(all.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'organisationTransitions',
        'certificationTransitions',
        'taskTransitions',
        'orderTransitions',
      ]),
    );
  });

  test('is allowed from the states it names and from no other text whatever', () => {
    const transitions = all.flatMap((machine) => machine.transitions);
    const states = [...new Set(transitions.flatMap(({ from, to }) => [...from, to]))];
    fc.assert(
      fc.property(
        fc.constantFrom(...transitions),
        fc.oneof(fc.constantFrom(...states), fc.string()),
        (transition, state) => {
          const allowed = allow(transition, state);
          expect(allowed.ok).toBe(transition.from.includes(state));
          if (allowed.ok) expect(allowed.value).toBe(transition.to);
          else expect(allowed.failure).toMatchObject({ rule: 'wrong-state', values: { state } });
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('starts somewhere, each state once, and somebody may cause it', () => {
    for (const { transitions } of all) {
      for (const { from, by } of transitions) {
        expect(from.length).toBeGreaterThan(0);
        expect(new Set(from).size).toBe(from.length);
        expect(by.length).toBeGreaterThan(0);
      }
    }
  });
});

describe('a record', () => {
  test('is born as version 1', () => {
    expect(born(7)).toEqual({ version: 1, createdAt: 7, updatedAt: 7 });
  });

  test('grows by one version with each change, and keeps what was not changed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1 }), fc.string(), fc.string(), fc.integer(), (version, before, after, at) => {
        const entity = { version, createdAt: 1, updatedAt: 1, changed: before, kept: before };
        const revised = revise(entity, at, { changed: after });
        expect(revised).toEqual({ version: version + 1, createdAt: 1, updatedAt: at, changed: after, kept: before });
        expect(entity.version).toBe(version);
      }),
    );
  });

  test('is refused to who saw another version, with the current one', () => {
    expect(seenBy({ expectedVersion: 3 }, { version: 3 }).ok).toBe(true);
    expect(seenBy({}, { version: 3 }).ok).toBe(true);
    expect(seenBy({ expectedVersion: 2 }, { version: 3 })).toEqual({
      ok: false,
      failure: { rule: 'stale-version', values: { current: 3 }, currentVersion: 3 },
    });
  });
});
