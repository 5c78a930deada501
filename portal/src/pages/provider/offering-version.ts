import type { catalogueRoutes } from '../../../../contracts/catalogue.ts';
import type { FieldError } from '../../../../contracts/field-errors.ts';
import { correctionReasons, reviewReasonCodes } from '../../../../contracts/names.ts';
import type { Answer } from '../../api/client.ts';
import type { Bilingual } from '../../language/language.tsx';

export type Offering = Answer<typeof catalogueRoutes.readOffering>;
export type OfferingVersion = Answer<typeof catalogueRoutes.readVersion>;

export const versionTones = {
  draft: 'calm',
  'in-review': 'warm',
  returned: 'bad',
  published: 'good',
  superseded: 'calm',
  rejected: 'bad',
  withdrawn: 'calm',
} as const;

const reasonNames: Readonly<Record<string, Bilingual>> = { ...reviewReasonCodes, ...correctionReasons };

interface Reason {
  readonly pointer: string;
  readonly reasonCode: string;
  readonly note?: string | undefined;
}

/** What a reviewer or auditor said of fields, as sentences at them. */
export const remarksOf = (reasons: readonly Reason[]): readonly FieldError[] =>
  reasons.map(({ pointer, reasonCode, note }) => {
    const name = reasonNames[reasonCode] ?? { zh: reasonCode, en: reasonCode };
    return {
      pointer,
      code: reasonCode,
      detail: `${name.zh}${note ? `：${note}` : '。'}`,
      detailEn: `${name.en}${note ? `: ${note}` : '.'}`,
    };
  });
