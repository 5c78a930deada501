import { defineRules } from './rule.ts';

/** Rules that every context uses. */
export const generalRules = defineRules({
  'not-found': {
    kind: 'missing',
    zh: '找不到该记录，或您无权查看。请核对编号。',
    en: 'There is no such record, or you may not see it. Check the id.',
  },
  'stale-version': {
    kind: 'stale',
    zh: '该记录已被他人修改（当前版本 {current}）。请重新读取后再提交。',
    en: 'Someone has changed this record (its version is now {current}). Read it again, then submit.',
  },
  'wrong-state': {
    kind: 'state',
    zh: '当前状态“{state}”不允许此操作，仅在以下状态允许：{allowed}。',
    en: 'This is not possible in state "{state}", only in: {allowed}.',
  },
  'role-forbidden': {
    kind: 'forbidden',
    zh: '您的角色无权进行此操作。',
    en: 'Your role does not allow this.',
  },
  'organisation-required': {
    kind: 'forbidden',
    zh: '请先登记单位，或在请求头 Dengyun-Organisation 中指明所代表的单位。',
    en: 'Register an organisation first, or name the one you act for in the header Dengyun-Organisation.',
  },
  'jurisdiction-forbidden': {
    kind: 'forbidden',
    zh: '该事项不属于您的管辖区域。',
    en: 'This matter is not in your jurisdiction.',
  },
  'same-person': {
    kind: 'forbidden',
    clause: '七-(一)',
    zh: '双人复核：您已参与此事项，须由另一人办理。',
    en: 'Two-person rule: you already took part in this matter; another person must act.',
  },
  'try-again': {
    kind: 'busy',
    zh: '同时办理的人较多，请稍后用同一幂等键重试。',
    en: 'Too many people are acting on this at once. Retry shortly with the same idempotency key.',
  },
});
