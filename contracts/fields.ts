import * as z from 'zod';
import { businessDateSchema } from '../core/calendar/business-date.ts';
import { usccSchema } from '../core/identity/uscc.ts';
import { type Fen, parseYuan } from '../core/money/money.ts';
import { departments } from '../core/policy/plan.ts';
import { jurisdictionSchema } from '../core/registry/jurisdictions.ts';

/** Fields that many contracts have in common. Every text has a length limit. */

/** An id of ours: prefix and 26 characters, opaque. */
export const idOf = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[0-9A-Z]{26}$`));

/** Money at the API: yuan as a string with at most two decimals ("1234.50"); fen inside. */
export const yuan = z
  .string()
  .max(20)
  .transform((text, context): Fen => {
    const parsed = parseYuan(text);
    if (parsed.ok) return parsed.value;
    context.issues.push({ code: 'custom', input: text, message: `amount-${parsed.reason}` });
    return z.NEVER;
  })
  .meta({ pattern: '^(0|[1-9]\\d{0,10})(\\.\\d{1,2})?$', examples: ['1234.50'] });

/** Money in an answer. */
export const yuanText = z
  .string()
  .regex(/^-?\d+\.\d{2}$/)
  .meta({ examples: ['1234.50'] });

/** A business date, Asia/Shanghai. */
export const date = businessDateSchema;

/** A moment with offset +08:00. */
export const moment = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00$/);

/**
 * One line, read as it is written: no control characters, nothing that turns the direction of what follows. Joiners and
 * selectors stay, Mongolian is written with them.
 */
export const plainLine = /^[^\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]*$/u;
export const shortText = z.string().trim().min(1).max(100).regex(plainLine);
/** Several lines, otherwise as strict: what people decide on is read by others as it was written. */
export const plainText = /^(?:[\n\r\t]|[^\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069])*$/u;
export const longText = z.string().trim().min(1).max(2000).regex(plainText);
/** Why somebody decided or asked; one or more lines. */
export const reasonText = z.string().trim().min(1).max(500).regex(plainText);
export const uscc = usccSchema;
export const jurisdiction = jurisdictionSchema;
export const version = z.int().positive();

/** A number in a path, of what is numbered from 1. */
export const pathNumber = z
  .string()
  .regex(/^[1-9]\d{0,3}$/)
  .transform(Number);

/** What every list takes: `limit` ≤ 100 and the cursor of the page before. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(2000).optional(),
});

/** Yes or no in a query. */
export const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** What every list answers. */
export const pageOf = <S extends z.ZodType>(item: S) =>
  z.strictObject({ items: z.array(item), next: z.string().optional() });

export const fieldReason = z.strictObject({
  pointer: z.string().max(200).regex(/^\//),
  reasonCode: z.string().max(60),
  note: z.string().max(500).regex(plainText).optional(),
});
export const finding = z.strictObject({
  rule: z.string(),
  pointer: z.string().optional(),
  clause: z.string().optional(),
  zh: z.string(),
  en: z.string(),
});

/** A step of a derivation as people read it. */
export const traceStep = z.strictObject({
  rule: z.string(),
  clause: z.string(),
  zh: z.string(),
  en: z.string(),
  amount: yuanText,
});

/** What those of the staff who took part are called, by subject; where it is told who they are. */
export const peopleNames = z.record(z.string(), z.string()).optional();

/** A department's no to something of money, and why: for the departments and inspectors. */
export const refusalAnswer = z
  .strictObject({
    department: z.enum(departments),
    sub: z.string(),
    at: moment,
    reasonCode: z.string().optional(),
    note: z.string().optional(),
  })
  .optional();

/** Who did something: in which role, and for colleagues of the staff by name. */
export const actedAs = z.strictObject({
  role: z.string(),
  organisationId: z.string().optional(),
  name: z.string().optional(),
});

/** An entry of the trail: what happened, when, in which role. */
export const trailEntry = z.strictObject({
  entity: z.string(),
  at: moment,
  action: z.string(),
  /** Somebody of the staff by name: for colleagues. Anybody by name of sign-in: for inspectors. */
  by: actedAs.extend({ sub: z.string().optional() }),
  version: z.int(),
  toStatus: z.string().optional(),
  reasonCode: z.string().optional(),
  note: z.string().optional(),
});
