/** Between `npm run dev` and the system it runs: another folder for the code of a function. */
export interface Reload {
  /** Without the stage: `orders-api`. */
  readonly name: string;
  readonly folder: string;
}

/** What the system says about it, and about itself. */
export type Reloaded =
  | { readonly kind: 'ready' }
  | { readonly kind: 'reloaded'; readonly name: string; readonly ms: number }
  | { readonly kind: 'refused'; readonly name: string; readonly error: string };
