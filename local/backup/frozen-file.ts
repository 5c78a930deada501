/**
 * A file as it was at one instant, although its owner goes on writing. `path` is relative to the owner's folder.
 */
export type FrozenFile =
  /** Small enough to have been read at that instant. */
  | { readonly path: string; readonly content: Buffer }
  /**
   * Its first `length` bytes (all, if left out) never change. They are found at the first of these places that exists:
   * a file that its owner moves away is looked for where it goes.
   */
  | { readonly path: string; readonly places: readonly string[]; readonly length?: number };
