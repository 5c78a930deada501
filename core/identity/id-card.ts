import * as z from 'zod';
import { type BusinessDate, isBusinessDate } from '../calendar/business-date.ts';

/** A resident identity number of 18 characters that passed its check (GB 11643-1999). Never logged, never public. */
export type IdCard = string & { readonly __brand: 'id-card' };

/** `old-15-digits`: numbers of the first generation ended on 1 January 2013 and are refused by name. */
export type IdCardFailure = 'old-15-digits' | 'length' | 'characters' | 'division' | 'birth-date' | 'check-digit';

export type CheckedIdCard =
  | {
      readonly ok: true;
      readonly idCard: IdCard;
      /** 6-digit division code of the first registration; says nothing about where the person lives. */
      readonly registeredIn: string;
      readonly birthDate: BusinessDate;
    }
  | { readonly ok: false; readonly reason: IdCardFailure };

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';
/** First two digits of a division code; 81 to 83 are residence permits of people from Hong Kong, Macao and Taiwan. */
const PROVINCES = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;
const PATTERN = /^\d{17}[\dX]$/;

/**
 * Checks form, division, birth date (which must exist and be of 1900 or later) and check digit. The last character is
 * a capital X, nothing is repaired. It reads no clock, so a birth date in the future passes.
 */
export const checkIdCard = (text: string): CheckedIdCard => {
  if (/^\d{15}$/.test(text)) return { ok: false, reason: 'old-15-digits' };
  if (text.length !== 18) return { ok: false, reason: 'length' };
  if (!PATTERN.test(text)) return { ok: false, reason: 'characters' };
  if (!PROVINCES.test(text)) return { ok: false, reason: 'division' };
  const birthDate = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`;
  if (!isBusinessDate(birthDate) || birthDate < '1900-01-01') return { ok: false, reason: 'birth-date' };
  if (idCardCheckDigit(text.slice(0, 17)) !== text[17]) return { ok: false, reason: 'check-digit' };
  return { ok: true, idCard: text as IdCard, registeredIn: text.slice(0, 6), birthDate };
};

const isIdCard = (text: string): text is IdCard => checkIdCard(text).ok;

/** An identity number at the API and in storage. The message is `id-card-` and the reason, and never the number. */
export const idCardSchema = z
  .string()
  .refine(isIdCard, {
    error: ({ input }) => {
      const checked = checkIdCard(String(input));
      return checked.ok ? undefined : `id-card-${checked.reason}`;
    },
  })
  .meta({ pattern: PATTERN.source });

/** The 18th character for the first 17 (ISO 7064, MOD 11-2). Throws a RangeError unless they are 17 digits. */
export const idCardCheckDigit = (first17: string): string => {
  if (!/^\d{17}$/.test(first17)) throw new RangeError('an identity number has 17 digits before its check digit');
  const total = WEIGHTS.reduce((sum, weight, index) => sum + weight * Number(first17.charAt(index)), 0);
  return CHECK_DIGITS.charAt(total % 11);
};

/**
 * A valid number for tests and demonstrations. The sequence is 0 to 999 (odd for men, even for women). Throws a
 * RangeError for a division, birth date or sequence that isn't one.
 */
export const composeIdCard = (divisionCode: string, birthDate: BusinessDate, sequence: number): IdCard => {
  if (!Number.isSafeInteger(sequence) || sequence < 0 || sequence > 999)
    throw new RangeError(`not a sequence of 0 to 999: ${sequence}`);
  const first17 = `${divisionCode}${birthDate.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
  const checked = checkIdCard(first17 + idCardCheckDigit(first17));
  if (!checked.ok) throw new RangeError(`no identity number: ${checked.reason}`);
  return checked.idCard;
};
