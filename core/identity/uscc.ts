import * as z from 'zod';

/** A unified social credit code that passed both of its checks (GB 32100-2015, GB 11714-1997). */
export type Uscc = string & { readonly __brand: 'uscc' };

export type UsccFailure = 'length' | 'characters' | 'division' | 'check-character' | 'organisation-code-check';

export type CheckedUscc =
  | {
      readonly ok: true;
      readonly uscc: Uscc;
      /** 6-digit division code of the registering office; where it was registered, not proof of where it is today. */
      readonly registeredIn: string;
      /** Registering authority, position 1: "9" market regulation, "1" staffing commission, "5" civil affairs, … */
      readonly authority: string;
      /** Kind of body within the authority, position 2: for "9" these are "1" company, "2" sole trader, "3" cooperative. */
      readonly category: string;
      /** Positions 9 to 17, an organisation code with its own check character. */
      readonly organisationCode: string;
    }
  | { readonly ok: false; readonly reason: UsccFailure };

/** The 31 characters in the order of their values: no I, O, S, V, Z. */
const CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
/** First two digits of a division code, and 10 for what the central authority registers itself. */
const PROVINCES = /^(?:10|1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])/;
const PATTERN = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;

/** Checks the form and both check characters. Capitals only, no spaces; nothing is repaired. */
export const checkUscc = (text: string): CheckedUscc => {
  if (text.length !== 18) return { ok: false, reason: 'length' };
  if ([...text].some((character) => !CHARACTERS.includes(character))) return { ok: false, reason: 'characters' };
  const registeredIn = text.slice(2, 8);
  if (!/^\d{6}$/.test(registeredIn) || !PROVINCES.test(registeredIn)) return { ok: false, reason: 'division' };
  if (usccCheckCharacter(text.slice(0, 17)) !== text[17]) return { ok: false, reason: 'check-character' };
  const organisationCode = text.slice(8, 17);
  if (organisationCheckCharacter(organisationCode.slice(0, 8)) !== organisationCode[8])
    return { ok: false, reason: 'organisation-code-check' };
  return {
    ok: true,
    uscc: text as Uscc,
    registeredIn,
    authority: text.slice(0, 1),
    category: text.slice(1, 2),
    organisationCode,
  };
};

const isUscc = (text: string): text is Uscc => checkUscc(text).ok;

/** A USCC at the API and in storage. The message is `uscc-` and the reason, such as `uscc-check-character`. */
export const usccSchema = z
  .string()
  .refine(isUscc, {
    error: ({ input }) => {
      const checked = checkUscc(String(input));
      return checked.ok ? undefined : `uscc-${checked.reason}`;
    },
  })
  .meta({ pattern: PATTERN.source, examples: ['911501000000000191'] });

/** Whether the code was given in Inner Mongolia (division 15…). Another one is a finding, not proof (clause 二-(一)). */
export const isInnerMongolia = (uscc: Uscc): boolean => uscc.slice(2, 4) === '15';

/** The 18th character for the first 17 (GB 32100-2015). Throws a RangeError unless they are 17 of the 31 characters. */
export const usccCheckCharacter = (first17: string): string => {
  if (first17.length !== 17) throw new RangeError('a USCC has 17 characters before its check character');
  let total = 0;
  for (const [index, weight] of WEIGHTS.entries()) {
    const value = CHARACTERS.indexOf(first17.charAt(index));
    if (value < 0) throw new RangeError(`not a character of a USCC: ${first17.charAt(index)}`);
    total += value * weight;
  }
  return CHARACTERS.charAt((31 - (total % 31)) % 31);
};

/** The 9th character of an organisation code for its first 8 (GB 11714-1997). Throws a RangeError unless they are 8 of 0–9, A–Z. */
export const organisationCheckCharacter = (first8: string): string => {
  if (!/^[0-9A-Z]{8}$/.test(first8)) throw new RangeError('an organisation code has 8 characters of 0–9, A–Z');
  let total = 0;
  for (const [index, weight] of ORGANISATION_WEIGHTS.entries())
    total += Number.parseInt(first8.charAt(index), 36) * weight;
  return '0123456789X'.charAt((11 - (total % 11)) % 11);
};

/**
 * A valid code of a company registered in a division, for tests and demonstrations. Serials are whole numbers of at
 * most eight digits; small ones were never given to anyone. Throws a RangeError for a division or serial that isn't one.
 */
export const composeUscc = (divisionCode: string, serial: number): Uscc => {
  if (!Number.isSafeInteger(serial) || serial < 0 || serial > 99_999_999)
    throw new RangeError(`not a serial of at most eight digits: ${serial}`);
  const body = String(serial).padStart(8, '0');
  const first17 = `91${divisionCode}${body}${organisationCheckCharacter(body)}`;
  const checked = checkUscc(first17 + usccCheckCharacter(first17));
  if (!checked.ok) throw new RangeError(`no USCC in division ${divisionCode}: ${checked.reason}`);
  return checked.uscc;
};
