import { sentence } from '../core/rules/rule.ts';

/** What a check may find: a sentence about what is wrong, and one about how it is mended. `{name}` stands for a figure. */
export interface Diagnosis {
  readonly zh: string;
  readonly en: string;
  readonly repairZh: string;
  readonly repairEn: string;
}

export type Figures = Readonly<Record<string, string | number>>;

/** Something that must not be. Ids and figures only: no personal data ever stands in a finding. */
export interface Finding {
  readonly check: string;
  /** Which of the check's diagnoses. */
  readonly code: string;
  /** What it concerns: an entity with its id, a year, an account. */
  readonly where: string;
  readonly figures: Figures;
  readonly zh: string;
  readonly en: string;
  readonly repairZh: string;
  readonly repairEn: string;
}

/** Makes the findings of one check, by its own list of diagnoses. */
export const findingsOf =
  <Code extends string>(check: string, diagnoses: Readonly<Record<Code, Diagnosis>>) =>
  (code: Code, where: string, figures: Figures = {}): Finding => {
    const { zh, en, repairZh, repairEn } = diagnoses[code];
    return {
      check,
      code,
      where,
      figures,
      zh: sentence(zh, figures),
      en: sentence(en, figures),
      repairZh: sentence(repairZh, figures),
      repairEn: sentence(repairEn, figures),
    };
  };

/**
 * Two findings are the same when they say the same of the same: what moves meanwhile never says the same twice. A total that
 * is wrong by the same amount each time is wrong, however it moves.
 */
export const identityOf = ({ check, code, where, figures }: Finding): string =>
  JSON.stringify([check, code, where, stableIn(figures)]);

function stableIn({ stored, replayed, expected, ...others }: Figures): unknown {
  const right = replayed ?? expected;
  return typeof stored === 'number' && typeof right === 'number'
    ? { ...others, difference: stored - right }
    : { ...others, stored, right };
}
