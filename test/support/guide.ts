import type { Page } from 'playwright-core';

/**
 * The work of a role, step by step, as people read it in `docs/guide/<role>.md` and as its test walks it: what the guide
 * says is what was done in a browser.
 */
export interface Guide<Walk> {
  /** Name of its page and its pictures: `enterprise`, `city-reviewer`. */
  readonly role: string;
  readonly title: Told;
  /** For whom it is, and what is needed before. */
  readonly before: Told;
  readonly steps: readonly GuideStep<Walk>[];
}

export interface GuideStep<Walk> {
  /** What the person does and then sees, in the imperative and with the words that stand on the page. */
  readonly says: Told;
  /** Does it. The page it answers is pictured beside the step. */
  readonly run: (walk: Walk) => Promise<Page | undefined>;
  /** Whether a picture stands beside it. */
  readonly pictured?: true;
}

export interface Told {
  readonly zh: string;
  readonly en: string;
}

/** Name of the picture of a step, in `docs/screenshots`. */
export const pictureOf = ({ role }: Pick<Guide<never>, 'role'>, step: number): string =>
  `guide/${role}-${String(step + 1).padStart(2, '0')}`;
