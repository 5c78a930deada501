import type { IdCardFailure } from './id-card.ts';
import type { UsccFailure } from './uscc.ts';

/** What people read for the codes in the issues of `usccSchema` and `idCardSchema`. None repeats the refused value. */
export const identitySentences: Readonly<
  Record<`uscc-${UsccFailure}` | `id-card-${IdCardFailure}`, { readonly zh: string; readonly en: string }>
> = {
  'uscc-length': {
    zh: '统一社会信用代码须为18位。',
    en: 'A unified social credit code has 18 characters.',
  },
  'uscc-characters': {
    zh: '统一社会信用代码只能由数字和大写字母组成，且不含 I、O、S、V、Z。',
    en: 'A unified social credit code has digits and capital letters other than I, O, S, V and Z.',
  },
  'uscc-division': {
    zh: '统一社会信用代码第3至8位不是有效的登记机关行政区划码。',
    en: 'Characters 3 to 8 of the unified social credit code are not a division code.',
  },
  'uscc-check-character': {
    zh: '统一社会信用代码校验码不正确，请对照营业执照逐位核对。',
    en: 'The check character of the unified social credit code is wrong. Compare it with the licence.',
  },
  'uscc-organisation-code-check': {
    zh: '统一社会信用代码第9至17位（主体标识码）校验不正确，请对照营业执照逐位核对。',
    en: 'Characters 9 to 17 of the unified social credit code fail their own check. Compare them with the licence.',
  },
  'id-card-old-15-digits': {
    zh: '15位身份证号码已停止使用，请填写18位公民身份号码。',
    en: 'Identity numbers of 15 digits are no longer valid. Give the one of 18 characters.',
  },
  'id-card-length': { zh: '公民身份号码须为18位。', en: 'An identity number has 18 characters.' },
  'id-card-characters': {
    zh: '公民身份号码前17位须为数字，末位为数字或大写 X。',
    en: 'An identity number has 17 digits and then a digit or a capital X.',
  },
  'id-card-division': {
    zh: '公民身份号码前两位不是有效的省级代码。',
    en: 'The first two digits of the identity number are not the code of a province.',
  },
  'id-card-birth-date': {
    zh: '公民身份号码中的出生日期无效。',
    en: 'The birth date in the identity number is not valid.',
  },
  'id-card-check-digit': {
    zh: '公民身份号码校验码不正确，请对照身份证逐位核对。',
    en: 'The check digit of the identity number is wrong. Compare it with the card.',
  },
};
