import { seeded } from '../support/seeded.ts';

/** A number that a text decides (FNV-1a, mixed): the same text gives the same number, neighbours nothing alike. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** From 0 up to 1, by a text. */
export const chanceOf = (text: string): number => hash32(text) / 2 ** 32;

/** Choices of one chooser. Each has a stream of its own, so that leaving one out changes nothing for the others. */
export interface Random {
  /** From 0 up to 1. */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  int(from: number, to: number): number;
  /** True this often. */
  chance(often: number): boolean;
  pick<T>(of: readonly T[]): T;
}

export function randomOf(seed: number, chooser: string): Random {
  const next = seeded(hash32(`${seed}|${chooser}`));
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    int,
    chance: (often) => next() < often,
    pick: (of) => of[int(0, of.length - 1)] as (typeof of)[number],
  };
}
