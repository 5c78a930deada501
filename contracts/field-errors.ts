import type * as z from 'zod';
import { identitySentences } from '../core/identity/sentences.ts';
import { sentence } from '../core/rules/rule.ts';

/** A field that was refused before any rule was asked. */
export interface FieldError {
  /** RFC 6901. */
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
  readonly detailEn: string;
}

const sentences: Record<string, { zh: string; en: string }> = {
  'amount-format': { zh: '金额须写作如“1234.50”的元数。', en: 'Write the amount in yuan, such as "1234.50".' },
  'amount-decimals': { zh: '金额最多两位小数。', en: 'An amount has at most two decimals.' },
  'amount-negative': { zh: '金额不得为负。', en: 'An amount must not be negative.' },
  'amount-too-large': { zh: '金额过大。', en: 'The amount is too large.' },
  'unknown-field': { zh: '没有这个字段，请删去。', en: 'There is no such field; remove it.' },
  required: { zh: '此项必填。', en: 'This is required.' },
  'wrong-type': { zh: '此项类型不对，应为 {expected}。', en: 'This must be of type {expected}.' },
  'too-long': { zh: '此项过长或过大，上限为 {limit}。', en: 'This is too long or too large; the limit is {limit}.' },
  'too-short': { zh: '此项过短或过小，下限为 {limit}。', en: 'This is too short or too small; at least {limit}.' },
  'wrong-format': { zh: '此项格式不对。', en: 'This is not in the right form.' },
  'wrong-value': { zh: '此项只能取：{allowed}。', en: 'This must be one of: {allowed}.' },
};

/** Codes of schemas' own checks (`message: 'uscc-check-character'`) get a sentence here. */
const customSentences: Record<string, { zh: string; en: string }> = {
  ...identitySentences,
  'other-filter': {
    zh: '此筛选条件不能与所选的其他条件同时使用。',
    en: 'This filter cannot be used together with another one that was given.',
  },
  'only-of-open': { zh: '此筛选条件只用于未办结的事项。', en: 'This filter is for open tasks only.' },
  'from-after-to': { zh: '起始日期不得晚于截止日期。', en: 'The first day must not be after the last.' },
  'date-format': { zh: '日期须真实存在，写作“2026-02-13”。', en: 'Write a date that exists, such as "2026-02-13".' },
};

/** Fields as their schema reads them, or what is wrong with each: as the API would refuse them. */
export function readFields<S extends z.ZodType>(
  schema: S,
  given: unknown,
):
  | { readonly value: z.output<S>; readonly errors?: never }
  | { readonly value?: never; readonly errors: FieldError[] } {
  const parsed = schema.safeParse(given, { reportInput: true });
  return parsed.success ? { value: parsed.data } : { errors: fieldErrors(parsed.error, '') };
}

/** A schema's complaints as field errors with JSON pointers. The offending value is never repeated: it may be personal. */
export function fieldErrors(error: z.core.$ZodError, base: string): FieldError[] {
  return error.issues.flatMap((issue) => fieldErrorsOf(issue, base)).slice(0, 50);
}

function fieldErrorsOf(issue: z.core.$ZodIssue, base: string): FieldError[] {
  const pointer = [base, ...issue.path.map(escaped)].join('/');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => fieldError(`${pointer}/${escaped(key.slice(0, 100))}`, 'unknown-field'));
    case 'invalid_type':
      return [
        issue.input === undefined
          ? fieldError(pointer, 'required')
          : fieldError(pointer, 'wrong-type', { expected: issue.expected }),
      ];
    case 'too_big':
      return [fieldError(pointer, 'too-long', { limit: String(issue.maximum) })];
    case 'too_small':
      return [fieldError(pointer, 'too-short', { limit: String(issue.minimum) })];
    case 'invalid_value':
      if (issue.input === undefined) return [fieldError(pointer, 'required')];
      return [fieldError(pointer, 'wrong-value', { allowed: issue.values.slice(0, 30).join('、') })];
    case 'custom':
      return [
        fieldError(
          pointer,
          issue.message in sentences || issue.message in customSentences ? issue.message : 'wrong-format',
        ),
      ];
    case 'invalid_union':
      // What decides which of several forms it is may simply be missing.
      return [fieldError(pointer, isMissing(issue.input, issue.discriminator) ? 'required' : 'wrong-format')];
    default:
      return [fieldError(pointer, 'wrong-format')];
  }
}

const isMissing = (given: unknown, name: string | undefined): boolean =>
  name !== undefined && typeof given === 'object' && given !== null && Reflect.get(given, name) === undefined;

/** A part of a JSON pointer (RFC 6901). */
const escaped = (part: PropertyKey): string => String(part).replaceAll('~', '~0').replaceAll('/', '~1');

function fieldError(pointer: string, code: string, values: Record<string, string> = {}): FieldError {
  const { zh, en } = sentences[code] ??
    customSentences[code] ?? { zh: '此项格式不对。', en: 'This is not in the right form.' };
  return { pointer, code, detail: sentence(zh, values), detailEn: sentence(en, values) };
}
