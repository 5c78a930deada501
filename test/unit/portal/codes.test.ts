import { describe, expect, it } from 'vitest';
import { machines } from '../../../docs/machines.ts';
import { codes as en } from '../../../portal/src/strings/en/codes.ts';
import { codes as zh } from '../../../portal/src/strings/zh-CN/codes.ts';

const all = await machines();

describe.each([
  ['Chinese', zh],
  ['English', en],
])('in %s', (_, { actions, states }) => {
  it('every change that a trail may record by a transition has a name', () => {
    const names = new Set(all.flatMap(({ transitions }) => transitions.map(({ name }) => name)));
    expect([...names].filter((name) => !actions[name])).toEqual([]);
  });

  it('every state has a name', () => {
    const names = new Set(all.flatMap(({ transitions }) => transitions.flatMap(({ from, to }) => [...from, to])));
    expect([...names].filter((name) => !states[name])).toEqual([]);
  });
});
